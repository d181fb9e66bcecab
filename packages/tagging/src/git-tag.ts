import type { SemVer } from "semver";
import { InputError } from "./input-error.ts";
import { quote } from "./quote.ts";
import { parseVersion } from "./version.ts";

const versionShape = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?$/;

/** The version a git tag names for this component, as `v1.2.3`, `<component>/v1.2.3` or `<component>-v1.2.3`. */
export function versionOfGitTag(gitTag: string, component: string): SemVer | undefined {
  if (component === "") return parseVersion(gitTag);
  const isOwn = gitTag.startsWith(`${component}/`) || gitTag.startsWith(`${component}-`);
  return isOwn ? parseVersion(gitTag.slice(component.length + 1)) : undefined;
}

/** Whether a git tag is a version of another component, or of the whole repository, when a component is built. */
export function isForeignVersion(gitTag: string, component: string): boolean {
  if (component === "" || versionOfGitTag(gitTag, component) !== undefined) return false;
  if (parseVersion(gitTag) !== undefined) return true;
  return [...gitTag.matchAll(/[/-]/g)].some(({ index }) => parseVersion(gitTag.slice(index + 1)) !== undefined);
}

/** @throws InputError for a tag that looks like a version but is longer than node-semver reads (256 characters) */
export function refuseEndlessVersion(gitTag: string): void {
  if (gitTag.length > 256 && versionShape.test(gitTag.slice(gitTag.lastIndexOf("/") + 1))) {
    throw new InputError(`Version tag ${quote(gitTag)} is too long for an image tag of 128 characters; shorten it.`);
  }
}
