import { type Keeping, nameVersion } from "./keep-versions.ts";
import type { PackageView } from "./package-view.ts";

/** What a person should know before or after the prune, a sentence each, newest version first. */
export function findWarnings({ versions }: PackageView, keepings: readonly (Keeping | undefined)[]): readonly string[] {
  const listed = new Set(versions.map(({ version }) => version.digest));
  return versions.flatMap((version) => {
    const keeping = keepings[version.at];
    if (keeping === undefined) return [];
    const name = nameVersion(version);
    const lost = version.manifest?.children.filter((child) => !listed.has(child)) ?? [];
    return [
      ...version.tags.flatMap((tag) => (tag.as === "contradiction" ? [`Kept: ${tag.problem}.`] : [])),
      ...(version.isMissing ? [`${name} stays, but the registry has no manifest for it.`] : []),
      ...(version.opaque === undefined || version.isMissing
        ? []
        : [`${name} stays with everything older, because it is not known what it holds: ${version.opaque}.`]),
      ...(lost.length === 0 ? [] : [`${name} stays, but is broken already: the package has no ${lost.join(", ")}.`]),
    ];
  });
}
