import { type Keeping, nameVersion } from "./keep-versions.ts";
import type { PackageView } from "./package-view.ts";

/** What a person should know before or after the prune, a sentence each, newest version first. */
export function findWarnings(view: PackageView, keepings: readonly (Keeping | undefined)[]): readonly string[] {
  const { versions } = view;
  const listed = new Set(versions.map(({ version }) => version.digest));
  const ofVersions = versions.flatMap((version) => {
    const keeping = keepings[version.at];
    if (keeping === undefined) return [];
    const name = nameVersion(version);
    const lost = version.manifest?.children.filter((child) => !listed.has(child)) ?? [];
    return [
      ...version.tags.flatMap((tag) => (tag.as === "contradiction" ? [`Kept: ${tag.problem}.`] : [])),
      ...(version.isMissing ? [`${name} stays, but the registry has no manifest for it.`] : []),
      ...(version.opaque === undefined || version.isMissing
        ? []
        : [
            `${name} stays with everything older, because it is not known what it holds: ${version.opaque}. Run the prune again; where that does not help, delete this version by hand if nobody needs it.`,
          ]),
      ...(lost.length === 0 ? [] : [`${name} stays, but is broken already: the package has no ${lost.join(", ")}.`]),
    ];
  });
  return [...warnOfOthers(view, keepings), ...ofVersions];
}

/** Names this many repositories at most. */
const mostNamed = 3;

/** One sentence for all images of other repositories that a prune from here would otherwise look at. */
function warnOfOthers({ versions, rules }: PackageView, keepings: readonly (Keeping | undefined)[]): readonly string[] {
  const repositories = new Set<string>();
  let count = 0;
  for (const { at, tags } of versions) {
    const tag = tags.find((each) => each.as === "elsewhere");
    if (tag?.as !== "elsewhere" || keepings[at]?.rule !== "other-repository") continue;
    const isOfNothingElse = tag.tagClass === "pull-request" || tag.tagClass === "feature";
    if (!isOfNothingElse && rules.keepDefaultBranch === undefined) continue;
    count += 1;
    repositories.add(tag.repository);
  }
  if (count === 0) return [];
  const named = [...repositories].slice(0, mostNamed).join(", ");
  const more = repositories.size > mostNamed ? ` and ${repositories.size - mostNamed} more` : "";
  return [
    `${count} ${count === 1 ? "image says that it is" : "images say that they are"} of another repository (${named}${more}) and ${count === 1 ? "stays" : "stay"}: run a prune from there, or here with the input \`repository\` set to it.`,
  ];
}
