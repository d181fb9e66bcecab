import type { ReportReader } from "./report-reader.ts";

/** What a table cell can take; descriptions run to pages. */
const LONGEST = 200;

/** Prose of a scanner as one line of bounded length. */
export function oneLine(text: string): string {
  const line = text
    // Enough for any line below, and no work for a page of it.
    .slice(0, 20 * LONGEST)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : line;
}

/** Every `sha256:…` in these texts, each once. */
export function digestsIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.match(/sha256:[0-9a-f]{64}(?![0-9a-f])/g) ?? []))];
}

/** `os/architecture[/variant]`; undefined where one of the first two is missing. */
export function platformText(about: ReportReader): string | undefined {
  const [os, architecture, variant] = ["os", "architecture", "variant"].map(about.text);
  if (os === "" || architecture === "") return undefined;
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}

/** A path inside an image or folder, the same from each scanner: without the root. */
export function pathText(path: string): string {
  return oneLine(path.replace(/^\/+/u, ""));
}
