import { createHash } from "node:crypto";
import type { GitHubDouble } from "./github-double.ts";
import { mediaTypes } from "./registry/manifest-content.ts";
import type { SeededImage } from "./registry-view.ts";

/** A year of a busy repository, and what a prune by the usual rules does with it. */
export interface Population {
  readonly versions: number;
  /** Versions that go. */
  readonly goes: number;
  /** Tags that stay; all others go. */
  readonly keptTags: readonly string[];
}

/** Of each thousand tagged images, newest first: so many of each kind. */
const tagged = {
  defaultBranch: 230,
  release: 100,
  openPullRequest: 50,
  branch: 50,
  other: 1,
  closedPullRequest: 300,
  goneBranch: 269,
} as const;
type Kind = keyof typeof tagged;

const thousand = 1000;
/** Per thousand: images whose tag moved on, of which some are inside a tagged index, and platforms of images that go with a tag of their own. */
const untagged = 300;
const nested = 3;
const taggedPlatforms = 5;
const day = 24 * 3_600_000;

/**
 * Fills a package, and its repository's branches and pull requests, with thousands of tagged images of two platforms
 * and two attestations: 6,503 versions for each thousand, of which 4,325 go.
 */
export function seedPopulation(double: GitHubDouble, repository: string, thousands: number, now: Date): Population {
  const count = thousands * thousand;
  const { registry } = double;
  const createdAt = (index: number) => new Date(now.getTime() - 10 * day - index * 60_000);
  const image = (index: number): SeededImage => ({ ...imageOf(index), createdAt: createdAt(index) });
  registry.seedImages(repository, count, image);
  const old = registry.seedImages(repository, thousands * untagged, (index) => ({
    tags: [],
    annotations: annotationsOf("default-branch", revisionOf(count + index), { branch: "main" }),
    createdAt: createdAt(index),
  }));
  const bundles = old.slice(0, thousands * nested).map((digest, number) => {
    const manifests = [
      { mediaType: mediaTypes.ociIndex, digest, size: registry.manifest(repository, digest)?.bytes.length },
    ];
    const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
    registry.putManifest(repository, index, [`bundle-${number}`], { createdAt: createdAt(number) });
    return `bundle-${number}`;
  });
  seedGit(double, repository, count);
  const kept = Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const { tags, platformTags } = imageOf(index);
    return [...(goes(kindOf(index)) ? [] : tags), ...Object.values(platformTags ?? {})];
  });
  const perThousand = tagged.closedPullRequest + tagged.goneBranch + untagged - nested;
  return {
    versions: thousands * (5 * (thousand + untagged) + nested),
    goes: thousands * (5 * perThousand - taggedPlatforms),
    keptTags: [...kept, ...bundles],
  };
}

function seedGit(double: GitHubDouble, fullName: string, count: number): void {
  const repository = double.repository(fullName);
  const sha = repository.addCommit();
  repository.setBranch("main", sha);
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(index);
    if (kind === "branch") repository.setBranch(`feature/there-${index}`, sha);
    const head = { branch: "patch", sha, repository: "contributor/fork" };
    if (kind === "openPullRequest") repository.openPullRequest({ number: pullRequestOf(index), head });
  }
}

function kindOf(index: number): Kind {
  let place = index % thousand;
  for (const [kind, size] of Object.entries(tagged)) {
    if (place < size) return kind as Kind;
    place -= size;
  }
  throw new Error("The kinds do not fill a thousand.");
}

/** Whether an image is one of the first so many of its kind in its thousand. */
function isAmongFirst(index: number, many: number): boolean {
  return index % thousand < many || kindOf(index - many) !== kindOf(index);
}

function goes(kind: Kind): boolean {
  return kind === "closedPullRequest" || kind === "goneBranch";
}

function imageOf(index: number): SeededImage {
  const revision = revisionOf(index);
  const sha7 = revision.slice(0, 7);
  switch (kindOf(index)) {
    case "closedPullRequest":
    case "openPullRequest": {
      const number = pullRequestOf(index);
      const annotations = annotationsOf("pull-request", revision, { "pull-request": String(number) });
      const platformTags = { "linux/arm64": `debug-arm64-${index}` };
      const isDebugged = goes(kindOf(index)) && isAmongFirst(index, taggedPlatforms);
      return { tags: [`pr-${number}-${sha7}`], annotations, ...(isDebugged ? { platformTags } : {}) };
    }
    case "goneBranch":
    case "branch": {
      const branch = `feature/${kindOf(index) === "branch" ? "there" : "gone"}-${index}`;
      const annotations = annotationsOf("feature", revision, { branch });
      return { tags: [`${branch.replace("/", "-")}-${sha7}`], annotations };
    }
    case "defaultBranch":
      return {
        tags: [`main-${sha7}`, `sha-${sha7}`, `sha-${revision}`],
        annotations: annotationsOf("default-branch", revision, { branch: "main" }),
      };
    case "release": {
      const version = `1.${index}.0`;
      return { tags: [version], annotations: annotationsOf("release", revision, { version }) };
    }
    case "other":
      return { tags: [`nightly-${index}`] };
  }
}

/** Three images of a closed pull request, one of an open one. */
function pullRequestOf(index: number): number {
  return kindOf(index) === "openPullRequest" ? 1_000_000 + index : 1 + Math.floor(index / 3);
}

function revisionOf(index: number): string {
  return createHash("sha1").update(String(index)).digest("hex");
}

/** As publish-index writes them. */
function annotationsOf(kind: string, revision: string, facts: Readonly<Record<string, string>>) {
  const own = Object.entries(facts).map(([name, value]) => [`dev.longshore.${name}`, value]);
  return {
    "dev.longshore.kind": kind,
    "org.opencontainers.image.revision": revision,
    ...Object.fromEntries(own),
  };
}
