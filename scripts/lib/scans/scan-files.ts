import { readFileSync, statSync } from "node:fs";
import { type IgnoreList, parseIgnoreList, type TargetReports } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { parsePlatform } from "@longshore/publishing";
import { quoteValue } from "../step/escape.ts";
import { findInside } from "../step/inside-repository.ts";

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

/** Far beyond a report of every package of a large image. */
const MOST_BYTES = 128 * 1024 * 1024;

/** Throws InputError, which names the input. */
export function readInputFile(input: string, path: string): string {
  let size: number;
  try {
    size = statSync(path).size;
    if (size <= MOST_BYTES) return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which cannot be read: check the path.`, {
      cause,
    });
  }
  throw new InputError(
    `Input \`${input}\` names ${quoteValue(path, 300)}, which holds ${size} bytes: at most ${MOST_BYTES} are read.`,
  );
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
