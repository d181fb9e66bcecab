import { defaultRules } from "@longshore/cleanup";
import { type GitHubDouble, type GitHubDoubleOptions, startGitHubDouble } from "../../doubles/github-double.ts";
import { virtualClock } from "../../doubles/virtual-clock.ts";
import type { Timing } from "../../scripts/lib/step/timing.ts";
import { type PrunePorts, prune } from "../../scripts/prune-images/prune.ts";
import type { PruneResult } from "../../scripts/prune-images/prune-result.ts";
import type { PruneSettings } from "../../scripts/prune-images/prune-settings.ts";
import type { World } from "../cleanup/history.ts";

export const image = "acme/app";

/** A package and its repository on a double of GitHub whose clock stands still, and a prune in this process. */
export interface Stage {
  readonly double: GitHubDouble;
  readonly timing: Timing;
  /** What was printed and warned. */
  readonly lines: string[];
  readonly prune: (settings?: Partial<PruneSettings>, ports?: Partial<PrunePorts>) => Promise<PruneResult>;
  /** Digests that are there. */
  readonly digests: () => ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

/** A clock that jumps: whoever sleeps wakes at once, and it is later. */
export function virtualTiming(clock: ReturnType<typeof virtualClock>): Timing {
  const now = () => clock.now().getTime();
  return {
    now,
    sleep: async (milliseconds) => {
      const end = now() + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      if (now() < end) clock.set(new Date(end));
    },
  };
}

/** An empty stage; the repository has a branch `main`. */
export async function startStage(start: number, options: GitHubDoubleOptions = {}): Promise<Stage> {
  const clock = virtualClock(new Date(start));
  const double = await startGitHubDouble({ now: clock.now, ...options });
  const repository = double.repository(image);
  repository.setBranch("main", repository.addCommit());
  const token = double.token({ requestsPerHour: 1_000_000 });
  const timing = virtualTiming(clock);
  const lines: string[] = [];
  const settings: PruneSettings = {
    apiUrl: double.url,
    serverUrl: "https://github.com",
    token,
    owner: "acme",
    packages: ["app"],
    registry: double.host,
    repository: image,
    rules: defaultRules,
    dryRun: false,
    measureBytes: false,
    cacheFolder: "",
    reportFolder: "",
    deletesPerMinute: 150,
    longestWait: 3_600_000,
    plannedAt: start,
  };
  const ports: PrunePorts = {
    timing,
    print: (line) => lines.push(line),
    warn: (line) => lines.push(line),
  };
  return {
    double,
    timing,
    lines,
    prune: (other, otherPorts) => prune({ ...settings, ...other }, { ...ports, ...otherPorts }),
    digests: () =>
      new Set(
        double.registry
          .versions(image)
          .filter(({ deletedAt }) => deletedAt === undefined)
          .map(({ digest }) => digest),
      ),
    stop: double.stop,
  };
}

/** Puts a history's outcome on the stage. */
export async function stageWorld(world: World, options?: GitHubDoubleOptions): Promise<Stage> {
  const stage = await startStage(world.facts.now, options);
  const repository = stage.double.repository(image);
  for (const [branch, head] of world.facts.branches) repository.setBranch(branch, repository.addCommit({ sha: head }));
  for (const [number, head] of world.facts.openPullRequests) {
    const sha = repository.addCommit({ sha: head });
    repository.openPullRequest({ number, head: { branch: "topic", sha, repository: "fork/app" } });
  }
  for (const text of world.manifests.values()) {
    if (text.includes('"rootfs"')) await stage.double.registry.putBlob(image, Buffer.from(text));
  }
  for (const { digest, tags, createdAt, updatedAt } of world.versions) {
    const manifest = world.manifests.get(digest) ?? "";
    stage.double.registry.putManifest(image, manifest, [], { createdAt: new Date(createdAt) });
    // A tag that comes later moves the date of the last change.
    if (tags.length > 0) stage.double.registry.putManifest(image, manifest, tags, { createdAt: new Date(updatedAt) });
  }
  for (const digest of world.facts.deleted ?? []) {
    stage.double.registry.putManifest(image, world.manifests.get(digest) ?? "");
    stage.double.registry.removeVersion(image, digest);
  }
  // So that an answer that is some writes old is of what happens to this package later, not of how it was staged.
  for (let write = 0; write < 8; write += 1) {
    stage.double.registry.putManifest("acme/elsewhere", {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.index.v1+json",
      manifests: [],
      annotations: { write: `${write}` },
    });
  }
  return stage;
}

/** The world as GitHub tells it. */
export function asListed(stage: Stage, world: World): World {
  const rows = stage.double.registry.versions(image).filter(({ deletedAt }) => deletedAt === undefined);
  const versions = rows.map(({ id, digest, tags, createdAt, updatedAt }) => ({
    ...{ id, digest, tags },
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  }));
  const deleted = new Set(
    stage.double.registry.versions(image).flatMap(({ digest, deletedAt }) => (deletedAt === undefined ? [] : [digest])),
  );
  return { ...world, versions, facts: { ...world.facts, deleted } };
}

/** Everything below a digest, itself too, whether it is there or not. */
export function reachFrom(stage: Stage, digest: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(digest)) return found;
  found.add(digest);
  const content = stage.double.registry.manifest(image, digest)?.content as
    | { readonly manifests?: readonly { readonly digest: string }[] }
    | undefined;
  for (const child of content?.manifests ?? []) reachFrom(stage, child.digest, found);
  return found;
}

/** What tags reach and is not there, one line each; `excused` was gone before, or others removed it. */
export function brokenTags(stage: Stage, excused: ReadonlySet<string>): readonly string[] {
  const there = stage.digests();
  return Object.entries(stage.double.registry.tags(image)).flatMap(([tag, digest]) =>
    [...reachFrom(stage, digest)]
      .filter((each) => !there.has(each) && !excused.has(each))
      .map((each) => `${tag} needs ${each}`),
  );
}
