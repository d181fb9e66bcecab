import type { SemVer } from "semver";
import compareBuild from "semver/functions/compare-build.js";
import { versionOfGitTag } from "./git-tag.ts";
import { formatVersion } from "./version.ts";

/** The highest stable version of each line of one component. Lines: `1.2`, `1`, and the empty text for all. */
export interface VersionLines {
  /** Undefined where the line has no stable version */
  readonly highest: (line: string) => string | undefined;
}

/**
 * Reads the repository's git tags once, in linear time. Prereleases and other components' tags do not count; `also`
 * counts whether or not it is listed, since a release may be built before its tag can be seen.
 */
export function readVersionLines(gitTags: readonly string[], component: string, also?: SemVer): VersionLines {
  const highest = new Map<string, SemVer>();
  const count = (version: SemVer | undefined): void => {
    if (version === undefined || version.prerelease.length > 0) return;
    for (const line of ["", `${version.major}`, `${version.major}.${version.minor}`]) {
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
  };
}
