import { type PackageVersion, type PrunePlan, type PruneRules, planPrune } from "@longshore/cleanup";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HistoryStep, history, hour, playHistory, type World } from "./history.ts";
import { oracleKeeps, partsOf, reachOf, subjectsOf } from "./oracle.ts";
import { planWorld, readWorld, without } from "./read-world.ts";

const hours = fc.constantFrom(0, 1, 24, 168).map((count) => count * hour);
const rules: fc.Arbitrary<PruneRules> = fc.record({
  pullRequestMaxAge: hours,
  featureMaxAge: hours,
  untaggedGrace: fc.constantFrom(0, 2, 24).map((count) => count * hour),
  keepDefaultBranch: fc.constantFrom(undefined, 0, 1, 2),
  minimumKept: fc.constantFrom(0, 0, 1, 5),
  trustTagNames: fc.boolean(),
  pullRequest: fc.constantFrom(undefined, undefined, undefined, 1, 2),
  suffixes: fc.constantFrom(undefined, ["alpine"]),
});
const runs = { numRuns: 1000 };

const removedOf = (plan: PrunePlan): readonly string[] => plan.remove.map(({ version }) => version.digest);
const keptOf = (plan: PrunePlan): readonly string[] => plan.keep.map(({ version }) => version.digest);
const law = (check: (world: World, rules: PruneRules, steps: readonly HistoryStep[]) => void, numRuns = runs.numRuns) =>
  fc.assert(
    fc.property(history, rules, (steps, given) => check(playHistory(steps), given, steps)),
    { numRuns },
  );

describe("whatever happened to a package", () => {
  it("exactly that stays which a slow second opinion keeps", () => {
    law((world, given) => {
      expect(keptOf(planWorld(world, given)).toSorted()).toEqual([...oracleKeeps(world, given)].toSorted());
    }, 2000);
  });

  it("every version is kept or removed, once", () => {
    law((world, given) => {
      const plan = planWorld(world, given);
      const all = [...keptOf(plan), ...removedOf(plan)];
      expect(all.toSorted()).toEqual(world.versions.map(({ digest }) => digest).toSorted());
    });
  });

  it("all that a kept version reaches is kept, even what could not be read", () => {
    fc.assert(
      fc.property(
        history,
        rules,
        fc.array(fc.tuple(fc.nat(60), fc.boolean()), { maxLength: 3 }),
        (steps, given, bad) => {
          const world = playHistory(steps);
          const weather = new Map(
            bad.map(([which, missing]) => [world.versions[which % world.versions.length]?.digest ?? "", { missing }]),
          );
          const kept = new Set(keptOf(planWorld(world, given, weather)));
          for (const digest of kept) {
            for (const reached of partsBelow(world, digest)) {
              expect(kept.has(reached) || !world.versions.some((version) => version.digest === reached)).toBe(true);
            }
          }
        },
      ),
      runs,
    );
  });

  it("nothing younger than the grace goes that has no tag, is part of nothing and belongs to nothing", () => {
    law((world, given) => {
      const there = new Set(world.versions.map(({ digest }) => digest));
      const named = new Set(world.versions.flatMap(({ digest }) => [...partsOf(world, digest)]));
      for (const { version } of planWorld(world, given).remove) {
        const { digest, tags } = version;
        const isAbout = subjectsOf(world, version).some((subject) => there.has(subject));
        if (tags.length > 0 || named.has(digest) || isAbout) continue;
        expect(world.facts.now - lastTouch(version)).toBeGreaterThanOrEqual(given.untaggedGrace);
      }
    });
  });

  it("as many tagged versions are left as the minimum says, or all that there were", () => {
    law((world, given) => {
      const tagged = world.versions.filter(({ tags }) => tags.length > 0).length;
      const left = planWorld(world, given).keep.filter(({ version }) => version.tags.length > 0).length;
      expect(left).toBeGreaterThanOrEqual(Math.min(tagged, given.minimumKept));
    });
  });

  it("the images of every head stay", () => {
    law((world, given) => {
      const { openPullRequests } = world.facts;
      for (const { version } of planWorld(world, given).remove) {
        for (const tag of version.tags) {
          const [, number, sha7] = /^pr-(\d+)-([0-9a-f]{7})/.exec(tag) ?? [];
          expect(sha7 !== undefined && openPullRequests.get(Number(number))?.startsWith(sha7)).not.toBe(true);
        }
      }
    });
  });

  it("a second prune removes nothing", () => {
    law((world, given) => {
      const rest = without(world, removedOf(planWorld(world, given)));
      expect(removedOf(planWorld(rest, given))).toEqual([]);
    });
  });

  it("an interrupted prune leaves every tag complete, and the next one finishes the work", () => {
    fc.assert(
      fc.property(history, rules, fc.nat(100), (steps, given, stop) => {
        const world = playHistory(steps);
        const plan = planWorld(world, given);
        const rest = without(world, removedOf(plan).slice(0, stop % (plan.remove.length + 1)));
        const left = new Set(rest.versions.map(({ digest }) => digest));
        const there = new Set(world.versions.map(({ digest }) => digest));
        for (const { digest, tags } of rest.versions) {
          if (tags.length === 0 && partsOf(world, digest).length === 0) continue;
          for (const reached of reachOf(world, digest)) expect(left.has(reached) || !there.has(reached)).toBe(true);
        }
        // Parts of an image that is gone already are of no pull request that could be known.
        if (given.pullRequest !== undefined) return;
        // What lost its image has no name left to tell it from a build's parts: only the grace of those may hold it, with
        // all that belongs to it.
        const next = without(rest, removedOf(planWorld(rest, given)));
        const kept = new Set(keptOf(plan));
        const more = next.versions.filter(({ digest }) => !kept.has(digest));
        expect(next.versions.length - more.length).toBe(kept.size);
        const held = more
          .filter((each) => each.tags.length === 0 && world.facts.now - lastTouch(each) < given.untaggedGrace)
          .flatMap(({ digest }) => [...reachOf(rest, digest)]);
        for (const { digest } of more) expect(held).toContain(digest);
      }),
      runs,
    );
  });

  it("asking for more to stay never removes more", () => {
    fc.assert(
      fc.property(history, rules, fc.constantFrom(...moreToKeep), (steps, given, more) => {
        const world = playHistory(steps);
        // The minimum counts what stays anyway: where more does, it holds less.
        const alone = { ...given, minimumKept: 0 };
        const before = new Set(removedOf(planWorld(world, alone)));
        const next = more(world, alone);
        for (const digest of removedOf(planWorld(next.world, next.rules))) expect(before.has(digest)).toBe(true);
      }),
      runs,
    );
  });

  it("the order of the versions decides nothing", () => {
    law((world, given) => {
      const { graph } = readWorld(world);
      const backwards = planPrune(world.versions.toReversed(), graph, world.facts, given);
      expect(backwards).toEqual(planPrune(world.versions, graph, world.facts, given));
    }, 500);
  });

  it("no manifest is read twice, and only what has a tag, no index over it, or parts of its own", () => {
    law((world) => {
      const { reads } = readWorld(world);
      expect(new Set(reads).size).toBe(reads.length);
      const held = new Set(world.versions.map(({ digest }) => digest));
      const named = new Set(world.versions.flatMap(({ digest }) => partsOf(world, digest)));
      const needed = world.versions.filter(
        ({ digest, tags }) =>
          tags.length > 0 || !named.has(digest) || (world.manifests.get(digest) ?? "").includes('"manifests"'),
      );
      for (const { digest } of needed) expect(reads).toContain(digest);
      for (const digest of reads) expect(held.has(digest)).toBe(true);
    }, 500);
  });
});

const moreToKeep: readonly ((world: World, rules: PruneRules) => { world: World; rules: PruneRules })[] = [
  (world, given) => ({ world, rules: { ...given, pullRequestMaxAge: given.pullRequestMaxAge + 30 * hour } }),
  (world, given) => ({ world, rules: { ...given, featureMaxAge: given.featureMaxAge + 30 * hour } }),
  (world, given) => ({ world, rules: { ...given, untaggedGrace: given.untaggedGrace + 30 * hour } }),
  (world, given) => ({ world, rules: { ...given, minimumKept: 3 } }),
  (world, given) => ({ world, rules: { ...given, keepDefaultBranch: undefined } }),
  (world, given) => ({
    world,
    rules: { ...given, keepDefaultBranch: given.keepDefaultBranch && given.keepDefaultBranch + 1 },
  }),
  (world, given) => ({ world, rules: { ...given, trustTagNames: false } }),
  (world, given) => ({ world, rules: { ...given, pullRequest: given.pullRequest ?? 3 } }),
  (world, given) => ({
    world: { ...world, facts: { ...world.facts, openPullRequests: more(world.facts.openPullRequests, [1, 2, 3, 4]) } },
    rules: given,
  }),
  (world, given) => ({
    world: { ...world, facts: { ...world.facts, branches: more(world.facts.branches, ["gone", "feature/a-2"]) } },
    rules: given,
  }),
];

/** What is there, and these with a head that no image is of. */
function more<Key>(there: ReadonlyMap<Key, string>, keys: readonly Key[]): ReadonlyMap<Key, string> {
  return new Map([...keys.map((key) => [key, "0".repeat(40)] as const), ...there]);
}

function lastTouch({ createdAt, updatedAt }: PackageVersion): number {
  return Math.max(createdAt, updatedAt);
}

/** What a version holds, of any depth: by the whole truth. */
function partsBelow(world: World, digest: string): readonly string[] {
  return partsOf(world, digest).flatMap((part) => [part, ...partsBelow(world, part)]);
}
