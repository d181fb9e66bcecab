import { readFileSync } from "node:fs";
import { type IgnoreList, parseIgnoreList, type TargetReports } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { parsePlatform } from "@longshore/publishing";
import { quoteValue } from "./escape.ts";
import { findInside } from "./inside-repository.ts";

/** How the platforms that scanners tell are compared with those of targets. */
export const placing: TargetReports = {
  source: "source",
  normalise: (platform) => {
    try {
      return parsePlatform(platform);
    } catch {
      return undefined;
    }
  },
};

/** Throws InputError, which names the input. */
export function readInputFile(input: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which cannot be read: check the path.`, {
      cause,
    });
  }
}

/**
 * The ignore list of input `ignore-file`, a file of the repository: what is wrong in it is shown. An empty one where the path is
 * empty. Throws InputError.
 */
export function readIgnoreFile(path: string): IgnoreList {
  if (path === "") return { entries: [], malformed: [] };
  findInside(process.env.GITHUB_WORKSPACE || process.cwd(), path, "Input `ignore-file`");
  return parseIgnoreList(readInputFile("ignore-file", path));
}
