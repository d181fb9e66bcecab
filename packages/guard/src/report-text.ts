import { type JsonRecord, textOf } from "@longshore/language";

/** What a table cell can take; descriptions run to pages. */
const LONGEST = 200;

/** Prose of a scanner as one line of bounded length. */
export function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : line;
}

/** Every `sha256:…` in these texts, each once. */
export function digestsIn(texts: readonly unknown[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => textOf(text).match(/sha256:[0-9a-f]{64}(?![0-9a-f])/g) ?? []))];
}

/** `os/architecture[/variant]`; undefined where one of the first two is missing. */
export function platformText({ os, architecture, variant }: JsonRecord): string | undefined {
  if (textOf(os) === "" || textOf(architecture) === "") return undefined;
  return [os, architecture, variant]
    .map(textOf)
    .filter((part) => part !== "")
    .join("/");
}
