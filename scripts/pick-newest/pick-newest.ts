import { existsSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import { groupBy } from "@longshore/tagging";
import { quoteValue } from "../lib/step/escape.ts";

export interface Picked {
  /** Names of the artifacts whose files are in the folder now. */
  readonly picked: readonly string[];
  /** Those that no attempt up to this one can have kept. */
  readonly left: readonly string[];
}

/**
 * The name of an upload that failed stays taken for its run, so each attempt of a job names its artifact anew, and a job that needs it
 * finds those of all attempts: by a pattern several come in a folder each, a single one without. Throws InputError where two of
 * different names hold a file of one name, since neither is the right one.
 */
export function pickNewest(path: string, attempt: number): Picked {
  const folders = readFolders(path).flatMap((name) => {
    const [, stem, number] = /^(.+)-([1-9]\d{0,5})$/u.exec(name) ?? [];
    return stem === undefined ? [] : [{ name, stem, attempt: Number(number) }];
  });
  const possible = folders.filter((each) => each.attempt <= attempt);
  const newest = [...groupBy(possible, ({ stem }) => stem).values()].flatMap((group) =>
    group.toSorted((one, other) => other.attempt - one.attempt).slice(0, 1),
  );
  for (const { name } of newest) {
    for (const file of readdirSync(join(path, name))) {
      if (existsSync(join(path, file))) {
        throw new InputError(
          `Input \`path\` is ${quoteValue(path, 300)}, where the artifact ${quoteValue(name)} and another hold a file ${quoteValue(file)}: give each its own.`,
        );
      }
      renameSync(join(path, name, file), join(path, file));
    }
  }
  const left = folders.filter((each) => each.attempt > attempt);
  return { picked: newest.map(({ name }) => name), left: left.map(({ name }) => name) };
}

function readFolders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return []; // nothing was kept
    throw new InputError(
      `Input \`path\` is ${quoteValue(path, 300)}, which is no folder that can be read: give where the artifacts were downloaded.`,
      { cause },
    );
  }
}
