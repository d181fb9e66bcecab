import type { GitHubDouble } from "../../doubles/github-double.ts";
import type { PackageVersion, SeededImage } from "../../doubles/registry-view.ts";

/** A package as a busy project leaves it after weeks, and what of it must stay or go. */
export interface BusyPackage {
  readonly versions: number;
  /** Versions that a plan cannot do without reading: with a tag, in no index, or an index themselves; and the attestation of each platform that outlives its index. */
  readonly readable: number;
  /** Digests that something tagged and kept reaches. */
  readonly needed: ReadonlySet<string>;
  /** All others: they are old enough to go. */
  readonly unneeded: ReadonlySet<string>;
}

const day = 86_400_000;
const openPullRequests = 50;
const branches = 50;

/** How many images of each kind there are, of 1,000 with a tag. */
const perThousand = {
  closed: 315,
  gone: 265,
  open: openPullRequests,
  living: branches,
  bundles: 10,
  orphans: 300,
} as const;

/**
 * Fills `acme/app` in BuildKit's shape, two platforms and two attestations below each index. 58 % of the images may go, and
 * there are as many untagged ones as failed and repeated builds leave. Two traps: a platform of an image that goes has a tag of
 * its own (1 % of images), and an index is part of another index (1 %).
 */
export function seedBusyPackage(github: GitHubDouble, tagged: number, now: number): BusyPackage {
  const scale = tagged / 1000;
  const repository = github.repository("acme/app");
  const head = repository.addCommit();
  repository.setBranch("main", head);
  for (let number = 1; number <= openPullRequests; number += 1) {
    repository.openPullRequest({ number, head: { branch: `fix/${number}`, sha: head } });
  }
  for (let number = 1; number <= branches; number += 1) repository.setBranch(`feature/living-${number}`, head);

  const old = (index: number): Date => new Date(now - 10 * day - index * 60_000);
  const seed = (count: number, image: (index: number) => SeededImage) =>
    github.registry.seedImages("acme/app", Math.round(count), image);
  const featureImage = (branch: string, index: number): SeededImage => ({
    tags: [`feature-${branch}-${sha(index).slice(0, 7)}`],
    annotations: annotationsOf("feature", index, { "dev.longshore.branch": `feature/${branch}` }),
    createdAt: old(index),
  });
  const pullRequestImage = (number: number, index: number): SeededImage => ({
    tags: [`pr-${number}-${sha(index).slice(0, 7)}`],
    annotations: annotationsOf("pull-request", index, { "dev.longshore.pull-request": String(number) }),
    createdAt: old(index),
  });
  seed(perThousand.closed * scale, (index) => pullRequestImage(1000 + index, index));
  seed(perThousand.gone * scale, (index) => ({
    ...featureImage(`gone-${index}`, index),
    ...(index < 10 * scale ? { platformTags: { "linux/arm64": `board-${index}` } } : {}),
  }));
  seed(perThousand.open, (index) => pullRequestImage(index + 1, index));
  seed(perThousand.living, (index) => featureImage(`living-${index + 1}`, index));
  const orphans = seed(perThousand.orphans * scale, (index) => ({ tags: [], createdAt: old(index) }));
  const bundles = Math.round(perThousand.bundles * scale);
  for (let index = 0; index < bundles; index += 1) {
    const part = github.registry.manifest("acme/app", orphans[index] ?? "");
    const { digest = "", mediaType = "", bytes = [] } = part ?? {};
    const content = { schemaVersion: 2, mediaType, manifests: [{ mediaType, digest, size: bytes.length }] };
    github.registry.putManifest("acme/app", content, [`bundle-${index}`], { createdAt: old(index) });
  }
  const others = openPullRequests + branches + bundles;
  const gone = Math.round(perThousand.closed * scale) + Math.round(perThousand.gone * scale);
  seed(tagged - gone - others, (index) => ({
    tags: [`main-${sha(index).slice(0, 7)}`],
    annotations: annotationsOf("default-branch", index, {}),
    // The newest of all, so that the minimum kept is made of what stays anyway.
    createdAt: new Date(old(index).getTime() + 5 * day),
  }));
  return survey(github);
}

/** What stays by the story of the seed, found without the code that is measured: walked from the tags that nobody may take. */
function survey(github: GitHubDouble): BusyPackage {
  const versions = github.registry.versions("acme/app");
  const children = new Map<string, readonly string[]>();
  for (const { digest } of versions) {
    const content = github.registry.manifest("acme/app", digest)?.content as {
      readonly manifests?: readonly { readonly digest: string }[];
    };
    if (content.manifests !== undefined)
      children.set(
        digest,
        content.manifests.map((child) => child.digest),
      );
  }
  const needed = new Set<string>();
  const visit = (digest: string): void => {
    if (needed.has(digest)) return;
    needed.add(digest);
    for (const child of children.get(digest) ?? []) visit(child);
  };
  const mayGo = /^(?:pr-\d{4,}-|feature-gone-)/;
  for (const { digest, tags } of versions) if (tags.some((tag) => !mayGo.test(tag))) visit(digest);
  const parts = new Set([...children.values()].flat());
  const mustBeRead = ({ digest, tags }: PackageVersion) =>
    tags.length > 0 || children.has(digest) || !parts.has(digest);
  const outliving = versions.filter(({ digest, tags }) => tags.length > 0 && parts.has(digest)).length;
  return {
    versions: versions.length,
    readable: versions.filter(mustBeRead).length + outliving,
    needed,
    unneeded: new Set(versions.map(({ digest }) => digest).filter((digest) => !needed.has(digest))),
  };
}

function annotationsOf(kind: string, index: number, more: Readonly<Record<string, string>>): Record<string, string> {
  return { "dev.longshore.kind": kind, "org.opencontainers.image.revision": sha(index), ...more };
}

/** Some commit. */
function sha(index: number): string {
  return (index + 1).toString(16).padStart(7, "0").padEnd(40, "0");
}
