import type { ViewedVersion } from "./package-view.ts";

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A duration in words, in its largest whole unit: `3 hours`, `1 day`; `24 hours` stays what it is called everywhere. */
export function describeAge(milliseconds: number): string {
  for (const [word, unit] of units) {
    const count = Math.floor(milliseconds / unit);
    if (count < 1 || (word === "day" && count === 1)) continue;
    return `${count} ${word}${count === 1 ? "" : "s"}`;
  }
  return "less than a minute";
}

/** How old a version is, a clause without its subject: by when it was made or last named. */
export function tellAge({ version, age }: ViewedVersion): string {
  const isNamedLater = version.updatedAt > version.createdAt;
  return isNamedLater ? `was last named ${describeAge(age)} ago` : `is ${describeAge(age)} old`;
}
