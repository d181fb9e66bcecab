import {
  type Ancestry,
  type BranchTip,
  decideTag,
  needsAncestry,
  needsTip,
  needsWithdrawal,
  type TagCandidate,
  type TagHolder,
} from "@longshore/publishing";
import type { PlannedTag } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const first = `sha256:${"1".repeat(64)}`;
const second = `sha256:${"2".repeat(64)}`;
const mine = "a".repeat(40);
const other = "b".repeat(40);

const immutable: PlannedTag = { name: "main-aaaaaaa", class: "default-branch", mutability: "immutable", reason: "" };
const ofBranch: PlannedTag = { name: "main", class: "branch", mutability: "moving", rule: "ancestor", reason: "" };
const ofVersions: PlannedTag = {
  name: "1.2",
  class: "version-line",
  mutability: "moving",
  rule: "highest-version",
  reason: "",
};
const here = "https://github.com/acme/app";
const candidate: TagCandidate = {
  ...{ digest: second, revision: mine, component: "", version: "1.2.3", branch: "main", source: here, reused: false },
  fingerprint: "file=1a2b3c4d",
};

function holder(facts: Partial<TagHolder["facts"]> = {}, digest = first): TagHolder {
  return { digest, facts: { component: "", revision: other, ...facts } };
}

function nobody(component = ""): TagHolder {
  return { digest: first, facts: { component } };
}

describe("an immutable tag", () => {
  it.each<[string, TagHolder | undefined, string, RegExp]>([
    ["is written where there is none", undefined, "write", /new/],
    ["is done when it names the image", holder({ revision: mine }, second), "done", /already/],
    ["is done by digest, whatever the image says", holder({}, second), "done", /already/],
    ["keeps the first image of the revision", holder({ revision: mine }), "keep", /first image/],
    ["is refused when it names another revision", holder(), "refuse", /b{40}.*1{64}.*a{40}.*2{64}/],
    [
      "is refused when it names a build of the revision by other inputs",
      holder({ revision: mine, fingerprint: "file=00000000" }),
      "refuse",
      /built otherwise \(file differ/,
    ],
    [
      "keeps the first image of the same inputs",
      holder({ revision: mine, fingerprint: "file=1a2b3c4d" }),
      "keep",
      /first/,
    ],
    ["is refused when the image names no revision", nobody(), "refuse", /names no revision/],
    [
      "is refused when it names another component",
      holder({ revision: mine, component: "api" }),
      "refuse",
      /component api/,
    ],
  ])("%s", (_, held, action, reason) => {
    const decision = decideTag(immutable, held, candidate, { adopt: true });
    expect(decision.action).toBe(action);
    expect(decision.reason).toMatch(reason);
  });
});

it("an immutable tag keeps the first image also where a rebuild was told something else on purpose", () => {
  const { fingerprint: _, ...rebuilt } = candidate;
  const held = holder({ revision: mine, fingerprint: "file=00000000" });
  expect(decideTag(immutable, held, rebuilt, { adopt: false })).toMatchObject({ action: "keep" });
});

it("a moment that another build of the same second has taken stays with the first, and stops nobody", () => {
  const moment: PlannedTag = { ...immutable, name: "20240628-143022", class: "date-time" };
  expect(decideTag(moment, holder(), candidate, { adopt: false })).toMatchObject({
    action: "leave",
    reason: expect.stringContaining("another build of this second"),
  });
});

describe("a moving tag of a branch", () => {
  it.each<[string, TagHolder | undefined, Ancestry | undefined, boolean, string, RegExp]>([
    ["is written where there is none", undefined, undefined, false, "write", /new/],
    ["is done when it names the image", holder({}, second), undefined, false, "done", /already/],
    ["moves from an ancestor", holder(), "ancestor", false, "write", /from bbbbbbb/],
    ["moves to another build of its revision", holder({ revision: mine }), undefined, false, "write", /refreshed/],
    ["stays at a newer revision", holder(), "descendant", false, "leave", /newer/],
    ["stays at a newer revision, also to adopt", holder(), "descendant", true, "leave", /newer/],
    ["stays at a revision of another line", holder(), "diverged", true, "leave", /no ancestor/],
    ["stays at a revision nobody knows", holder(), "unknown", false, "leave", /adopt-tags/],
    ["adopts from a revision nobody knows when asked", holder(), "unknown", true, "write", /adopted/],
    ["stays at an image without a revision", nobody(), undefined, false, "leave", /adopt-tags/],
    ["adopts from an image without a revision when asked", nobody(), undefined, true, "write", /adopted/],
    ["stays at another component's image", holder({ component: "ui" }), undefined, false, "leave", /component ui/],
    ["never moves unasked-for ancestry", holder(), undefined, false, "leave", /adopt-tags/],
  ])("%s", (_, held, ancestry, adopt, action, reason) => {
    const decision = decideTag(ofBranch, held, candidate, { ancestry, adopt });
    expect(decision.action).toBe(action);
    expect(decision.reason).toMatch(reason);
  });
});

describe("after a force push", () => {
  const third = "c".repeat(40);
  const at = (revision: string | undefined): BranchTip => ({ revision });
  const ours = { branch: "main" };
  it.each<[string, Partial<TagHolder["facts"]>, Ancestry, BranchTip | undefined, string, RegExp]>([
    ["the tip takes it from a commit it has left", ours, "diverged", at(mine), "write", /to the tip of branch main/],
    ["the tip takes it from a commit that is gone", ours, "unknown", at(mine), "write", /to the tip of branch main/],
    ["the tip takes it back when the branch was set back", ours, "descendant", at(mine), "write", /was set back/],
    ["the tip takes it from a release of a branch", {}, "diverged", at(mine), "write", /tip of branch main/],
    ["what the branch has left does not take it", ours, "diverged", at(third), "left", /main is at ccccccc now/],
    ["what the branch has left and git too neither", ours, "unknown", at(third), "left", /main is at ccccccc now/],
    ["a branch that is gone has no tip", ours, "diverged", at(undefined), "left", /main is gone.*`allow-backward/],
    ["a slow run does not take it from the tip", ours, "ancestor", at(other), "newer", /set back to/],
    ["a slow run takes it forward from another", ours, "ancestor", at(third), "write", /moved from/],
    [
      "a slow run takes it from no release",
      { version: "1.0.0" },
      "ancestor",
      at(third),
      "newer",
      /1\.0\.0.*at ccccccc/,
    ],
    ["the tip takes it from a release", { version: "1.0.0" }, "ancestor", at(mine), "write", /moved from/],
    ["a slow run does not take it from a newer commit", ours, "descendant", at(third), "newer", /newer/],
    ["a merged branch does not take it back", { branch: "x" }, "descendant", at(mine), "newer", /newer/],
    ["a git tag or bare commit has no tip", {}, "diverged", undefined, "left", /`allow-backward: true`/],
    ["another repository's stays", { source: `${here}2` }, "unknown", at(mine), "left", /app2; set `adopt-tags/],
    ["another repository's stays, related or not", { source: `${here}2` }, "diverged", at(mine), "left", /app2/],
    ["an address is the same in capitals", { source: here.toUpperCase() }, "unknown", at(mine), "write", /tip/],
  ])("%s", (_, facts, ancestry, tip, outcome, reason) => {
    const image = tip === undefined ? { ...candidate, branch: "" } : candidate;
    const decision = decideTag(ofBranch, holder(facts), image, { ancestry, tip, adopt: false });
    const { action, newer } = decision;
    expect(action === "leave" ? (newer ? "newer" : "left") : action).toBe(outcome);
    expect(decision.reason).toMatch(reason);
  });

  it("the tip is asked for where the ancestry is, and there is a branch", () => {
    expect(needsTip(ofBranch, holder(), candidate)).toBe(true);
    expect(needsTip(ofBranch, holder(), { ...candidate, branch: "" })).toBe(false);
    expect(needsTip(ofVersions, holder(), candidate)).toBe(false);
    expect(needsTip(ofBranch, undefined, candidate)).toBe(false);
  });
});

describe("a higher version", () => {
  const higher = holder({ version: "1.3.0" });
  it("that is withdrawn is no obstacle", () => {
    expect(needsWithdrawal(ofVersions, higher, candidate)).toBe(true);
    const decision = decideTag(ofVersions, higher, candidate, { withdrawn: true, adopt: false });
    expect(decision).toEqual({ action: "write", reason: "moved from 1.3.0, which is withdrawn: its git tag is gone" });
  });
  it("that is not keeps the tag, which is nobody's fault", () => {
    const decision = decideTag(ofVersions, higher, candidate, { withdrawn: false, adopt: false });
    expect(decision).toMatchObject({ action: "leave", newer: true });
  });
  it.each<[string, PlannedTag, TagHolder | undefined]>([
    ["a lower version", ofVersions, holder({ version: "1.2.2" })],
    ["no version", ofVersions, holder()],
    ["no holder", ofVersions, undefined],
    ["another component", ofVersions, holder({ version: "1.3.0", component: "ui" })],
    ["this image", ofVersions, holder({ version: "1.3.0" }, second)],
    ["a tag of a branch", ofBranch, higher],
  ])("is not asked about for %s", (_, tag, held) => expect(needsWithdrawal(tag, held, candidate)).toBe(false));
});

describe("a moving tag of versions", () => {
  it.each<[string, TagHolder, string, RegExp]>([
    ["moves from a lower version", holder({ version: "1.2.2" }), "write", /from 1\.2\.2/],
    ["moves from an image of a branch", holder(), "write", /moved/],
    ["moves to another build of its version", holder({ version: "1.2.3", revision: mine }), "write", /refreshed/],
    ["stays at a higher version", holder({ version: "1.2.10" }), "leave", /1\.2\.10/],
    ["stays at a higher version of a higher line", holder({ version: "2.0.0" }), "leave", /2\.0\.0/],
    ["stays at an image without a revision", nobody(), "leave", /adopt-tags/],
  ])("%s", (_, held, action, reason) => {
    const decision = decideTag(ofVersions, held, candidate, { adopt: false });
    expect(decision.action).toBe(action);
    expect(decision.reason).toMatch(reason);
  });
});

describe("a reused image", () => {
  const again = { ...candidate, reused: true };
  it.each<[string, PlannedTag, TagHolder, string]>([
    ["leaves a branch's tag at a later build of its revision", ofBranch, holder({ revision: mine }), "leave"],
    [
      "leaves a version's tag at a later build of it",
      ofVersions,
      holder({ revision: mine, version: "1.2.3" }),
      "leave",
    ],
    ["moves a version's tag from a lower version", ofVersions, holder({ revision: mine, version: "1.2.2" }), "write"],
    ["moves a version's tag from an image of a branch", ofVersions, holder({ revision: mine }), "write"],
  ])("%s", (_, tag, held, action) => {
    expect(decideTag(tag, held, again, { adopt: false }).action).toBe(action);
  });

  it("moves a branch's tag from an ancestor", () => {
    expect(decideTag(ofBranch, holder(), again, { ancestry: "ancestor", adopt: false }).action).toBe("write");
  });
});

describe("a release that is published again", () => {
  const again = { ...candidate, branch: "", republished: true };
  it.each<[string, Partial<TagHolder["facts"]>, Ancestry | undefined, boolean, string, RegExp]>([
    ["takes nothing from a commit that came after it", {}, "descendant", false, "newer", /newer than this release/],
    ["takes nothing from the tip of a branch beside it", {}, "diverged", true, "newer", /published again/],
    ["takes nothing from its own commit's image", { revision: mine }, undefined, false, "newer", /published again/],
    ["takes nothing from a commit nobody knows", {}, "unknown", false, "left", /adopt-tags/],
    ["adopts from a commit nobody knows when asked", {}, "unknown", true, "write", /adopted/],
    ["takes it from an ancestor", {}, "ancestor", false, "write", /moved/],
    [
      "takes it from a lower version, wherever its commit lies",
      { version: "1.2.2" },
      undefined,
      false,
      "write",
      /1\.2\.2/,
    ],
  ])("%s", (_, facts, ancestry, adopt, outcome, reason) => {
    const held = holder(facts);
    expect(needsAncestry(ofVersions, held, again)).toBe(ancestry !== undefined);
    const { action, newer, reason: told } = decideTag(ofVersions, held, again, { ancestry, adopt });
    expect(action === "leave" ? (newer ? "newer" : "left") : action).toBe(outcome);
    expect(told).toMatch(reason);
  });

  it("may take it wherever its commit lies when it is published first", () => {
    const first = { ...again, republished: false };
    expect(decideTag(ofVersions, holder(), first, { ancestry: "descendant", adopt: false }).action).toBe("write");
  });
});

describe("GitHub is asked how two revisions lie", () => {
  it.each<[string, PlannedTag, TagHolder | undefined, boolean]>([
    ["for a moving tag of a branch", ofBranch, holder(), true],
    ["never for an immutable tag", immutable, holder(), false],
    ["never for a tag of versions", ofVersions, holder(), false],
    ["not when there is no holder", ofBranch, undefined, false],
    ["not when the tag names the image", ofBranch, holder({}, second), false],
    ["not when it is the same revision", ofBranch, holder({ revision: mine }), false],
    ["not when the holder names no revision", ofBranch, nobody(), false],
    ["not when it is another component's", ofBranch, holder({ component: "ui" }), false],
  ])("%s: %#", (_, tag, held, asked) => {
    expect(needsAncestry(tag, held, candidate)).toBe(asked);
  });
});

/** A commit of a random history: its number and those before it. */
interface Run {
  /** Index of the commit that is built. */
  readonly commit: number;
  /** Which build of it: another digest. */
  readonly build: number;
  readonly version: string | undefined;
}

const parents = fc
  .array(fc.nat(), { minLength: 1, maxLength: 12 })
  .map((numbers) => numbers.map((number, index) => (index === 0 ? -1 : number % index)));

const history = parents.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    runs: fc.array(
      fc.record({
        commit: fc.nat({ max: graph.length - 1 }),
        build: fc.nat({ max: 2 }),
        version: fc.option(
          fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 12 })).map(([minor, patch]) => `1.${minor}.${patch}`),
          { nil: undefined },
        ),
      }),
      { maxLength: 30 },
    ),
    adopt: fc.boolean(),
  }),
);

function ancestors(graph: readonly number[], commit: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = commit; at >= 0; at = graph[at] ?? -1) found.add(at);
  return found;
}

function relate(graph: readonly number[], held: number, built: number): Ancestry {
  if (held === built) return "identical";
  if (ancestors(graph, built).has(held)) return "ancestor";
  return ancestors(graph, held).has(built) ? "descendant" : "diverged";
}

const revisionOf = (commit: number): string => commit.toString(16).padStart(40, "0");

/** Puts every tag of a run as the step does, and tells what was written. */
function play(
  store: Map<string, TagHolder & { readonly commit: number }>,
  { graph, adopt }: { readonly graph: readonly number[]; readonly adopt: boolean },
  run: Run,
): readonly string[] {
  const revision = revisionOf(run.commit);
  const digest = `sha256:${run.commit}-${run.build}-${run.version ?? ""}`;
  const image = { digest, revision, component: "", version: run.version ?? "", branch: "", source: "", reused: false };
  const tags: PlannedTag[] =
    run.version === undefined
      ? [{ ...immutable, name: `main-${run.commit}` }, ofBranch, { ...ofBranch, name: "latest-of-main" }]
      : [
          { ...immutable, name: run.version },
          { ...ofVersions, name: run.version.split(".").slice(0, 2).join(".") },
          { ...ofVersions, name: "1" },
        ];
  const decisions = tags.map((tag) => {
    const held = store.get(tag.name);
    const ancestry = needsAncestry(tag, held, image) ? relate(graph, held?.commit ?? 0, run.commit) : undefined;
    return { tag, decision: decideTag(tag, held, image, { ancestry, adopt }) };
  });
  if (decisions.some(({ decision }) => decision.action === "refuse")) return [];
  const written = decisions.filter(({ decision }) => decision.action === "write").map(({ tag }) => tag.name);
  const facts = { component: "", revision, ...(run.version === undefined ? {} : { version: run.version }) };
  for (const name of written) store.set(name, { digest, facts, commit: run.commit });
  return written;
}

describe("over any order of runs over any history", () => {
  it("an immutable tag never names another image", () => {
    fc.assert(
      fc.property(history, (world) => {
        const store = new Map<string, TagHolder & { readonly commit: number }>();
        for (const run of world.runs) {
          const before = [...store].filter(([name]) => name.startsWith("main-") || /^\d+\.\d+\.\d+$/.test(name));
          play(store, world, run);
          for (const [name, held] of before) expect(store.get(name)).toEqual(held);
        }
      }),
    );
  });

  it("a moving tag of a branch only moves to descendants, one of versions only to higher versions", () => {
    fc.assert(
      fc.property(history, (world) => {
        const store = new Map<string, TagHolder & { readonly commit: number }>();
        for (const run of world.runs) {
          const before = new Map(store);
          for (const name of play(store, world, run)) {
            const held = before.get(name);
            if (held === undefined) continue;
            if (run.version === undefined) {
              expect(ancestors(world.graph, run.commit).has(held.commit)).toBe(true);
            } else {
              const rank = (version: string) => version.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
              expect(rank(run.version)).toBeGreaterThanOrEqual(rank(held.facts.version ?? "0.0.0"));
            }
          }
        }
      }),
    );
  });

  it("the same run again writes nothing", () => {
    fc.assert(
      fc.property(history, (world) => {
        const store = new Map<string, TagHolder & { readonly commit: number }>();
        for (const run of world.runs) {
          play(store, world, run);
          expect(play(store, world, run)).toEqual([]);
        }
      }),
    );
  });
});

/** What happens to a branch: a push, forced or not, or the end of the run of an earlier push. */
type Happening = { readonly push: number } | { readonly end: number };

const branchHistory = parents.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    // The first push comes first; `end` counts from the last push back, so that late runs are likely.
    happenings: fc.array(
      fc.oneof(
        fc.record({ push: fc.nat({ max: graph.length - 1 }) }),
        fc.record({ end: fc.nat({ max: 6 }) }),
      ) as fc.Arbitrary<Happening>,
      { maxLength: 30 },
    ),
    /** Whether git forgets what no branch reaches. */
    forgets: fc.boolean(),
  }),
);

describe("over any pushes, forced ones too, and any order in which their runs end", () => {
  it("the tags name the tip once its run has ended, and move only to the tip or on from an ancestor", () => {
    fc.assert(
      fc.property(branchHistory, ({ graph, happenings, forgets }) => {
        const pushed = [0];
        let held: (TagHolder & { readonly commit: number }) | undefined;
        let hasTipEnded = false;
        for (const happening of happenings) {
          const tip = pushed.at(-1) ?? 0;
          if ("push" in happening) {
            pushed.push(happening.push);
            if (happening.push !== tip) hasTipEnded = false;
            continue;
          }
          const commit = pushed.at(-1 - happening.end);
          if (commit === undefined) continue;
          const image: TagCandidate = { ...candidate, revision: revisionOf(commit), digest: `sha256:${commit}` };
          const known = (one: number) => !forgets || ancestors(graph, tip).has(one);
          const isKnown = held !== undefined && known(held.commit) && known(commit);
          const asked = needsAncestry(ofBranch, held, image);
          const evidence = {
            ancestry: asked ? (isKnown ? relate(graph, held?.commit ?? 0, commit) : ("unknown" as const)) : undefined,
            tip: needsTip(ofBranch, held, image) ? { revision: revisionOf(tip) } : undefined,
          };
          const { action } = decideTag(ofBranch, held, image, { ...evidence, adopt: false });
          if (action === "write") {
            const isForward = held === undefined || ancestors(graph, commit).has(held.commit);
            expect(commit === tip || isForward).toBe(true);
            const facts = { component: "", revision: image.revision, branch: "main", source: here };
            held = { digest: image.digest, facts, commit };
          }
          hasTipEnded ||= commit === tip;
          if (hasTipEnded) expect(held?.commit).toBe(tip);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
