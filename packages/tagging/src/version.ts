import type { SemVer } from "semver";
import compareBuild from "semver/functions/compare-build.js";
import parse from "semver/functions/parse.js";

/**
 * A semantic version, anchored, without coercion; one leading `v` is allowed. Undefined for anything else.
 * Source: https://semver.org, grammar by node-semver.
 */
export function parseVersion(text: string): SemVer | undefined {
  // node-semver trims white space, which a name may not have.
  return /^v?[0-9]\S*$/.test(text) ? (parse(text) ?? undefined) : undefined;
}

/** `1.2.3-rc.1+build.5`: canonical, without `v`, with its build metadata. */
export function formatVersion(version: SemVer): string {
  return version.build.length === 0 ? version.version : `${version.version}+${version.build.join(".")}`;
}

/** Whether `version` comes after `other`; build metadata decides between equals. False where either is no version. */
export function isHigherVersion(version: string, other: string): boolean {
  const left = parseVersion(version);
  const right = parseVersion(other);
  return left !== undefined && right !== undefined && compareBuild(left, right) > 0;
}
