import type { BuildFacts } from "./build-facts.ts";
import { encodeLine, foldLines } from "./one-line.ts";

/** Our own keys; cleanup reads them back with readImageFacts. */
export const ownPrefix = "dev.longshore.";
/** Of what a build was told, see `fingerprintBuild` in packages/publishing. */
export const fingerprintKey = `${ownPrefix}fingerprint`;
/** Source of these keys: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export const ociPrefix = "org.opencontainers.image.";

/**
 * What an image says about itself: the same pairs as labels of each platform and as annotations of the index.
 * Values are one line each; what is not known is left out.
 */
export function describeImage(
  facts: Exclude<BuildFacts, { kind: "none" }>,
  image: { readonly created: string; readonly version: string; readonly primaryTag: string },
): Readonly<Record<string, string>> {
  const { repository } = facts;
  const pairs: readonly (readonly [string, string])[] = [
    [`${ociPrefix}source`, repository.url],
    [`${ociPrefix}url`, repository.url],
    [`${ociPrefix}revision`, facts.revision],
    [`${ociPrefix}created`, image.created],
    [`${ociPrefix}version`, image.version],
    [`${ociPrefix}ref.name`, image.primaryTag],
    [`${ociPrefix}title`, facts.component || (repository.fullName.split("/")[1] ?? "")],
    [`${ociPrefix}description`, foldLines(repository.description)],
    [`${ociPrefix}licenses`, foldLines(repository.license)],
    [`${ownPrefix}kind`, facts.kind],
    [`${ownPrefix}pull-request`, "number" in facts ? `${facts.number}` : ""],
    [`${ownPrefix}branch`, "branch" in facts ? encodeLine(facts.branch) : ""],
    [`${ownPrefix}component`, facts.component],
    [`${ownPrefix}version`, "version" in facts ? facts.version : ""],
  ];
  return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
}
