import type { BuildFacts } from "./build-facts.ts";
import { encodeLine, foldLines } from "./one-line.ts";

/** Our own keys; cleanup reads them back with readImageFacts. */
export const ownPrefix = "dev.longshore.";
/** Of what a build was told, see `fingerprintBuild` in packages/publishing. */
export const fingerprintKey = `${ownPrefix}fingerprint`;
/** Source of these keys: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export const ociPrefix = "org.opencontainers.image.";

/**
 * What an image says about itself, as labels of each platform. Values are one line each. What tells which build it is is always
 * there, empty where there is none: an image has the labels of its base, whose identity would pass for its own. Description and
 * licences of which GitHub knows nothing are left to the Dockerfile.
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
  return Object.fromEntries(pairs.filter(([key, value]) => value !== "" || !isProse(key)));
}

/** The annotations of an index inherit nothing: what is not known is left out. */
export function annotateIndex(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function isProse(key: string): boolean {
  return key === `${ociPrefix}description` || key === `${ociPrefix}licenses`;
}
