import type { PruneRules } from "@longshore/cleanup";
import { defaultRules } from "@longshore/cleanup";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GitHubDoubleOptions } from "../../doubles/github-double.ts";
import { isGone } from "../../scripts/prune-images/prune-result.ts";
import { type HistoryStep, history, playHistory, type World } from "../cleanup/history.ts";
import { reachOf } from "../cleanup/oracle.ts";
import { planWorld } from "../cleanup/read-world.ts";
import { asListed, brokenTags, image, reachFrom, type Stage, stageWorld } from "./prune-stage.ts";

const rules: fc.Arbitrary<PruneRules> = fc.record({
  pullRequestMaxAge: fc.constantFrom(0, 24, 72).map((hours) => hours * 3_600_000),
  featureMaxAge: fc.constantFrom(0, 24, 168).map((hours) => hours * 3_600_000),
  untaggedGrace: fc.constantFrom(0, 1, 24).map((hours) => hours * 3_600_000),
  minimumKept: fc.constantFrom(1, 1, 3),
  trustTagNames: fc.boolean(),
  keepDefaultBranch: fc.constantFrom(undefined, undefined, 1),
});

/** GitHub has no package without a version: a release is pushed last. */
const release: HistoryStep = {
  ...{ do: "push", of: "release", which: 3, revision: 0, suffix: "", platforms: 0 },
  ...{ shared: undefined, attested: "no", annotated: true, docker: false, source: undefined },
};

function play(steps: readonly HistoryStep[]): World {
  return playHistory([...steps.slice(0, -1), release, ...steps.slice(-1)]);
}

/** The same cases each time; LONGSHORE_CASES=5000 tries so many others. */
const cases = process.env.LONGSHORE_CASES;
const runs = cases === undefined ? { numRuns: 150, seed: 2026 } : { numRuns: Number(cases) };
const timeout = 600_000;
const pageAndBatch = fc.constantFrom({ page: 100, batch: 50 }, { page: 3, batch: 4 }, { page: 2, batch: 7 });

/** Digests that are named by something and were not there to begin with. */
function missingAtStart(stage: Stage, world: World): Set<string> {
  const there = stage.digests();
  return new Set(
    world.versions.flatMap(({ digest }) => [...reachFrom(stage, digest)]).filter((digest) => !there.has(digest)),
  );
}

async function onStage<T>(world: World, act: (stage: Stage) => Promise<T>, options?: GitHubDoubleOptions): Promise<T> {
  const stage = await stageWorld(world, options);
  try {
    return await act(stage);
  } finally {
    await stage.stop();
  }
}

describe("a prune of any history", () => {
  test("does the plan to the letter, breaks no tag, and leaves nothing to the next run", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(history, rules, async (steps, given) => {
        const world = play(steps);
        await onStage(world, async (stage) => {
          const expected = planWorld(asListed(stage, world), given);
          const excused = missingAtStart(stage, world);
          const result = await stage.prune({ rules: given });
          const [package_] = result.packages;
          expect(package_?.ending).toEqual({ kind: "done" });
          const refused = package_?.planned.filter((item) => !isGone(item)).map(({ version }) => version.digest) ?? [];
          const stays = [...expected.keep.map(({ version }) => version.digest), ...refused];
          expect([...stage.digests()].sort()).toEqual(stays.sort());
          expect(brokenTags(stage, excused)).toEqual([]);
          const again = await stage.prune({ rules: given });
          expect(again.packages[0]?.planned.filter(isGone)).toEqual([]);
        });
      }),
      runs,
    );
  });

  test("is safe when it is killed after any request, and the next run finishes", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(history, rules, fc.nat(60), pageAndBatch, async (steps, given, lifetime, sizes) => {
        const world = play(steps);
        await onStage(world, async (stage) => {
          const expected = planWorld(asListed(stage, world), given);
          const excused = missingAtStart(stage, world);
          let requests = 0;
          const killed = new Error("killed");
          const beforeRequest = () => {
            requests += 1;
            if (requests > lifetime) throw killed;
          };
          await stage.prune({ rules: given }, { beforeRequest, sizes }).catch((error) => {
            if (error !== killed) throw error;
          });
          expect(brokenTags(stage, excused)).toEqual([]);
          const result = await stage.prune({ rules: given });
          const refused =
            result.packages[0]?.planned.filter((item) => !isGone(item)).map(({ version }) => version.digest) ?? [];
          // What has lost its image looks like part of a build, and stays for the grace of those.
          const orphans = world.versions.filter(({ tags }) => tags.length === 0);
          const young = orphans.filter((each) => world.facts.now - lastTouch(each) < given.untaggedGrace);
          const mayStay = new Set(young.flatMap(({ digest }) => [...reachOf(world, digest)]));
          const stays = new Set([...expected.keep.map(({ version }) => version.digest), ...refused]);
          const there = stage.digests();
          expect([...stays].filter((digest) => !there.has(digest))).toEqual([]);
          expect([...there].filter((digest) => !stays.has(digest) && !mayStay.has(digest))).toEqual([]);
        });
      }),
      runs,
    );
  });

  test("never breaks what others push, tag, promote, delete or open between any two requests", {
    timeout,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(history, rules, interference, async (steps, given, { acts, sizes, versionOrder, stale }) => {
        const world = play(steps);
        await onStage(
          world,
          async (stage) => {
            const excused = missingAtStart(stage, world);
            const named = new Map<string, string>();
            let requests = 0;
            const lag =
              stale &&
              stage.double.inject({
                match: { kind: "package-versions" },
                skip: stale.skip,
                action: { type: "stale", writesAgo: stale.writesAgo },
              });
            const leave = stage.double.onRequest(({ when }) => {
              if (when !== "before") return;
              requests += 1;
              for (const each of acts) if (each.at === requests) interfere(stage, each, excused, named);
            });
            const result = await stage.prune({ rules: given }, { sizes });
            leave();
            lag?.remove();
            expect(result.packages[0]?.ending).toEqual({ kind: "done" });
            expect(brokenTags(stage, excused)).toEqual([]);
            const tags = stage.double.registry.tags(image);
            expect(Object.fromEntries([...named.keys()].map((name) => [name, tags[name]]))).toEqual(
              Object.fromEntries(named),
            );
            await stage.prune({ rules: given });
            expect(brokenTags(stage, excused)).toEqual([]);
            const last = await stage.prune({ rules: given });
            expect(last.packages[0]?.planned.filter(isGone)).toEqual([]);
          },
          { versionOrder },
        );
      }),
      { ...runs, numRuns: runs.numRuns * 2 },
    );
  });
});

function lastTouch({ createdAt, updatedAt }: World["versions"][number]): number {
  return Math.max(createdAt, updatedAt);
}

/** Pages and batches are small, too, so that much happens between them. */
const interference = fc.record({
  acts: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 80 }),
      do: fc.constantFrom("push", "push", "push-untagged", "tag", "tag", "move", "delete", "open", "create-branch"),
      which: fc.nat(60),
    }),
    { minLength: 1, maxLength: 5, size: "max" },
  ),
  sizes: pageAndBatch,
  versionOrder: fc.constantFrom("created", "updated"),
  /** One of the lists is as it was some writes ago. */
  stale: fc.option(fc.record({ skip: fc.nat(12), writesAgo: fc.integer({ min: 1, max: 6 }) }), { nil: undefined }),
});

interface Act {
  /** Before which request. */
  readonly at: number;
  readonly do: "push" | "push-untagged" | "tag" | "move" | "delete" | "open" | "create-branch";
  readonly which: number;
}

/** What another actor does. `named` are the tags it put, which must hold; what it deleted itself is excused. */
function interfere(stage: Stage, { do: what, which, at }: Act, excused: Set<string>, named: Map<string, string>): void {
  const { registry } = stage.double;
  const there = [...stage.digests()];
  const digest = there[which % Math.max(1, there.length)];
  if (digest === undefined) return;
  const put = (tag: string, on: string): void => {
    registry.tag(image, tag, on);
    named.set(tag, on);
  };
  switch (what) {
    case "push":
    case "push-untagged": {
      const mediaType = "application/vnd.oci.image.index.v1+json";
      const manifests = [digest, there[(which * 7 + 3) % there.length] ?? digest].map((each) => {
        const stored = registry.manifest(image, each);
        return { mediaType: stored?.mediaType, digest: each, size: stored?.bytes.length };
      });
      const pushed = registry.putManifest(image, {
        schemaVersion: 2,
        mediaType,
        manifests,
        annotations: { at: `${at}` },
      });
      if (what === "push") put(`pushed-${at}`, pushed);
      break;
    }
    case "tag":
      put(`promoted-${at}`, digest);
      break;
    case "move":
      put("latest", digest);
      break;
    case "delete":
      for (const each of [digest]) {
        const tags = registry
          .versions(image)
          .find((version) => version.digest === each && version.deletedAt === undefined)?.tags;
        if (registry.removeVersion(image, each) !== "removed") break;
        excused.add(each);
        for (const tag of tags ?? []) if (named.get(tag) === each) named.delete(tag);
      }
      break;
    case "open":
    case "create-branch": {
      const repository = stage.double.repository(image);
      const sha = repository.addCommit();
      if (what === "create-branch") repository.setBranch("release-prep", sha);
      else repository.openPullRequest({ number: 500 + at, head: { branch: "topic", sha, repository: "fork/app" } });
    }
  }
}

test("the default rules are those of the contract", () => {
  expect(defaultRules).toMatchObject({ pullRequestMaxAge: 86_400_000, featureMaxAge: 604_800_000, minimumKept: 5 });
});
