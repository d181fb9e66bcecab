import { InputError, quote } from "@longshore/language";
import type { SemVer } from "semver";
import { formatVersion, parseVersion } from "./version.ts";

const versionShape = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/;

/** The version a git tag names for this component, as `v1.2.3`, `<component>/v1.2.3` or `<component>-v1.2.3`. */
export function versionOfGitTag(gitTag: string, component: string): SemVer | undefined {
  if (component === "") return parseVersion(gitTag);
  const isOwn = gitTag.startsWith(`${component}/`) || gitTag.startsWith(`${component}-`);
  return isOwn ? parseVersion(gitTag.slice(component.length + 1)) : undefined;
}

/** The git tag that names exactly this version of the component, if any. */
export function gitTagOfVersion(version: string, component: string, gitTags: readonly string[]): string | undefined {
  return gitTags.find((gitTag) => {
    const read = versionOfGitTag(gitTag, component);
    return read !== undefined && formatVersion(read) === version;
  });
}

/** Whether a git tag is a version of another component, or of the whole repository, when a component is built. */
export function isForeignVersion(gitTag: string, component: string): boolean {
  if (component === "" || versionOfGitTag(gitTag, component) !== undefined) return false;
  if (parseVersion(gitTag) !== undefined) return true;
  return [...gitTag.matchAll(/[/-]/g)].some(({ index }) => parseVersion(gitTag.slice(index + 1)) !== undefined);
}

/** Whether a person would take a git tag that names no version for one: `v1.2`, `release-v1.2.3`, `2024.06`, `api@1.2.3`. */
export function looksLikeVersion(gitTag: string): boolean {
  return versionOfGitTag(gitTag, "") === undefined && /(?:^|[/@_-])(?:v\d|\d+\.\d)[^/]*$/i.test(gitTag);
}

/** @throws InputError for a tag that looks like a version but is longer than node-semver reads (256 characters) */
export function refuseEndlessVersion(gitTag: string): void {
  if (gitTag.length > 256 && versionShape.test(gitTag.slice(gitTag.lastIndexOf("/") + 1))) {
    throw new InputError(`Version tag ${quote(gitTag)} is too long for an image tag of 128 characters; shorten it.`);
  }
}
