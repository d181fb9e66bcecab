import { gitTagOfVersion } from "./git-tag.ts";

/**
 * Whether a version is withdrawn (R5): the repository's git tags name the own version and not this one. Where they do not even name
 * the own one, they are not what versions are made of, and tell nothing.
 */
export function isWithdrawn(
  version: string,
  {
    own,
    component,
    gitTags,
  }: { readonly own: string; readonly component: string; readonly gitTags: readonly string[] },
): boolean {
  const isNamed = (one: string): boolean => gitTagOfVersion(one, component, gitTags) !== undefined;
  return isNamed(own) && !isNamed(version);
}
