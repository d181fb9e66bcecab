import type { SemVer } from "semver";
import compareBuild from "semver/functions/compare-build.js";
import { versionOfGitTag } from "./git-tag.ts";
import { formatVersion } from "./version.ts";

/** The stable versions of one component by line. Lines: `1.2`, `1`, and the empty text for all. */
export interface VersionLines {
  /** Undefined where the line has no stable version */
  readonly highest: (line: string) => string | undefined;
  /** The versions of the line that come after this one, highest first; of many the ten highest */
  readonly higher: (line: string, than: SemVer) => readonly string[];
}

/** Whoever looks at an image of each looks at few; what the tag names decides the rest. */
const mostHigher = 10;

/**
 * Reads the repository's git tags once, in linear time. Prereleases and other components' tags do not count; `also`
 * counts whether or not it is listed, since a release may be built before its tag can be seen.
 */
export function readVersionLines(gitTags: readonly string[], component: string, also?: SemVer): VersionLines {
  const highest = new Map<string, SemVer>();
  const stable: SemVer[] = [];
  const count = (version: SemVer | undefined): void => {
    if (version === undefined || version.prerelease.length > 0) return;
    stable.push(version);
    for (const line of linesOf(version)) {
      const known = highest.get(line);
      if (known === undefined || compareBuild(version, known) > 0) highest.set(line, version);
    }
  };
  for (const gitTag of gitTags) count(versionOfGitTag(gitTag.replace(/^refs\/tags\//, ""), component));
  count(also);
  return {
    highest: (line) => {
      const version = highest.get(line);
      return version && formatVersion(version);
    },
    higher: (line, than) => {
      const found = stable.filter((version) => linesOf(version).includes(line) && compareBuild(version, than) > 0);
      const names = found.sort((one, other) => compareBuild(other, one)).map(formatVersion);
      return [...new Set(names)].slice(0, mostHigher);
    },
  };
}

function linesOf({ major, minor }: SemVer): readonly string[] {
  return ["", `${major}`, `${major}.${minor}`];
}
