import { formatCacheTag, formatTag, mutabilityOf, parseTag, type Tag, type TagContext } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { event, mergeGroup, pullRequest, push } from "../../doubles/events.ts";
import { planOf } from "./plan-of.ts";

const ociTag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const sha7 = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 7, maxLength: 7 });
const sha40 = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 40, maxLength: 40 });
const number = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const suffix = fc.constantFrom("", "-alpine", "-slim-bookworm", "-py3.12", "-x_y");
const hostile = fc.constantFrom(
  ..."main Main sha latest pr-12 mq-3 cache cache-linux-amd64-x tag branch branch-main 1 v1 1.2 1.2.3 20240628".split(
    " ",
  ),
  ..."20240628-143022 pr-12-abc1234 main-abc1234 sha-abc1234 fix-abc1234 branch-branch-branch v2-x ### 日本語".split(
    " ",
  ),
  "branch-".repeat(30),
  "x".repeat(300),
  "$(touch x)",
  "a\nb",
);
const branchName = fc.oneof(
  hostile,
  fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
  fc.string({ minLength: 1 }),
);
const core = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300)).map((numbers) => numbers.join("."));
const version = fc
  .tuple(core, fc.constantFrom("", "-rc.1", "-alpha", "-0.x-y.7"), fc.constantFrom("", "+build.5", "+001", "+a-b"))
  .map((parts) => parts.join(""));

/** A tag as the plan of some event has it, with the context it is read in. */
const planned: fc.Arbitrary<{ readonly name: string; readonly class: string; readonly context: TagContext }> = fc
  .tuple(branchName, branchName, suffix, version, number, fc.constantFrom("branch", "tag", "version", "pull", "queue"))
  .chain(([name, defaultBranch, ending, semver, pull, what]) => {
    const change = { repository: { default_branch: defaultBranch } };
    const source = {
      branch: push(`refs/heads/${name}`, change),
      tag: push(`refs/tags/${name}`, change),
      version: push(`refs/tags/v${semver}`, change),
      pull: pullRequest({ number: pull }, { ref: name }),
      queue: mergeGroup({ head_ref: `gh-readonly-queue/main/pr-${pull % 1e9 || 1}-abc` }),
    }[what];
    const plan = planOf({ ...source }, { suffix: ending, extraTags: ["Edge_1.x"], versionPrefix: true });
    const context = { defaultBranch: plan.defaultBranch, suffixes: [ending], extraTags: ["Edge_1.x"] };
    const tags = plan.tags.map((tag) => ({ name: tag.name, class: tag.class, context }));
    return tags.length === 0 ? fc.constant({ name: "latest", class: "latest", context }) : fc.constantFrom(...tags);
  });

const tag: fc.Arbitrary<Exclude<Tag, { class: "unknown" }>> = suffix.chain((ending) =>
  fc.oneof(
    fc.record({ class: fc.constant("pull-request" as const), number, sha7, suffix: fc.constant(ending) }),
    fc.record({ class: fc.constant("merge-queue" as const), number, sha7, suffix: fc.constant(ending) }),
    fc.record({ class: fc.constant("default-branch" as const), sha7, suffix: fc.constant(ending) }),
    fc.record({ class: fc.constant("commit" as const), sha: fc.oneof(sha7, sha40), suffix: fc.constant(ending) }),
    fc.record({ class: fc.constant("branch" as const), suffix: fc.constant(ending) }),
    fc.record({ class: fc.constant("latest" as const), suffix: fc.constant(ending) }),
    moment.map(({ date }) => ({ class: "date" as const, date, suffix: ending })),
    moment.map(({ date, time }) => ({ class: "date-time" as const, date, time, suffix: ending })),
    fc.record({ class: fc.constant("version" as const), version, prefixed: fc.boolean(), suffix: fc.constant(ending) }),
    fc.record({
      class: fc.constant("version-line" as const),
      line,
      prefixed: fc.boolean(),
      suffix: fc.constant(ending),
    }),
    fc.record({ class: fc.constant("extra" as const), name: fc.constant("Edge_1.x"), suffix: fc.constant(ending) }),
    fc.record({
      class: fc.constant("cache" as const),
      platform: fc.constantFrom("linux-amd64", "linux-arm64", "linux-arm-v7", "linux-amd64-v3", "linux-ppc64le"),
      scope: fc.constantFrom("main", "pr-12", "branch-v2", "v2x", "feature-x"),
      suffix: fc.constant(ending),
    }),
  ),
);
const moment = fc
  .date({ min: new Date("1970-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => {
    const [day = "", clock = ""] = date.toISOString().split(/[T.]/);
    return { date: day.replaceAll("-", ""), time: clock.replaceAll(":", "") };
  });
const line = fc.oneof(
  fc.tuple(fc.nat(3000), fc.nat(3000)).map((numbers) => numbers.join(".")),
  fc.integer({ min: 1, max: 9999 }).map(String),
);

describe("one grammar writes and reads", () => {
  it("every tag of every class, with and without suffix", () => {
    fc.assert(
      fc.property(tag, branchName, (written, defaultBranch) => {
        const context = { defaultBranch, suffixes: [written.suffix], extraTags: ["Edge_1.x"] };
        const name = formatTag(written, context);
        expect(name).toMatch(ociTag);
        expect(parseTag(name, context)).toEqual(written);
      }),
      { numRuns: 2000 },
    );
  });

  it("every tag of every plan as the class it was planned as, whatever the branches and tags are called", () => {
    fc.assert(
      fc.property(planned, ({ name, class: tagClass, context }) => {
        expect(name).toMatch(ociTag);
        const read = parseTag(name, context);
        expect(read.class).toBe(tagClass);
        expect(formatTag(read, context)).toBe(name);
      }),
      { numRuns: 3000 },
    );
  });

  it("any name at all without failing, and spells what it read as it was", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(ociTag), hostile),
        branchName,
        suffix,
        (name, defaultBranch, ending) => {
          const context = { defaultBranch, suffixes: [ending], extraTags: ["Edge_1.x"] };
          const read = parseTag(name, context);
          if (read.class === "unknown") expect(read.name).toBe(name);
          else expect(formatTag(read, context)).toBe(name);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("a name reads as", () => {
  const context = { defaultBranch: "main", suffixes: ["alpine", "-slim"], extraTags: ["edge"] };
  it.each<readonly [string, object]>([
    ["pr-12-abc1234", { class: "pull-request", number: 12, sha7: "abc1234", suffix: "" }],
    ["pr-12-abc1234-alpine", { class: "pull-request", number: 12, suffix: "-alpine" }],
    ["pr-012-abc1234", { class: "tag" }],
    ["pr-12-ABC1234", { class: "unknown" }],
    ["mq-3-abc1234", { class: "merge-queue", number: 3 }],
    ["feature-x-abc1234", { class: "feature", slug: "feature-x", sha7: "abc1234" }],
    ["feature-x-abc1234-slim", { class: "feature", slug: "feature-x", suffix: "-slim" }],
    ["feature-x-abc12345", { class: "tag" }],
    [`${"x".repeat(121)}-abc1234`, { class: "unknown" }],
    ["main", { class: "branch" }],
    ["main-abc1234", { class: "default-branch", sha7: "abc1234" }],
    ["main-alpine", { class: "branch", suffix: "-alpine" }],
    ["sha-abc1234", { class: "commit", sha: "abc1234" }],
    ["20240628", { class: "date", date: "20240628" }],
    ["20240631", { class: "version-line", line: "20240631" }],
    ["20240628-143022", { class: "date-time", date: "20240628", time: "143022" }],
    ["20240628-243022", { class: "tag" }],
    ["1.2.3", { class: "version", version: "1.2.3", prefixed: false }],
    ["v1.2.3-rc.1_build.5", { class: "version", version: "1.2.3-rc.1+build.5", prefixed: true }],
    ["1.2.3-alpine", { class: "version", version: "1.2.3", suffix: "-alpine" }],
    ["01.2.3", { class: "unknown" }],
    ["1.2", { class: "version-line", line: "1.2" }],
    ["v1", { class: "version-line", line: "1", prefixed: true }],
    ["0", { class: "tag" }],
    ["0.3", { class: "version-line", line: "0.3" }],
    ["latest", { class: "latest" }],
    ["edge", { class: "extra", name: "edge" }],
    ["nightly", { class: "tag", slug: "nightly" }],
    ["Nightly", { class: "unknown", name: "Nightly" }],
    ["sha256-0123", { class: "tag" }],
    ["cache-linux-arm-v7-pr-12", { class: "cache", platform: "linux-arm-v7", scope: "pr-12" }],
    ["cache-linux-amd64-main-alpine", { class: "cache", scope: "main", suffix: "-alpine" }],
    ["cache-linux-amd64", { class: "tag" }],
    ["", { class: "unknown" }],
    ["../etc", { class: "unknown" }],
  ])("%j", (name, read) => {
    expect(parseTag(name, context)).toMatchObject(read);
  });
});

describe("a cache tag", () => {
  it("is made of platform and scope", () => {
    expect(formatCacheTag("linux-arm64", "pr-12")).toBe("cache-linux-arm64-pr-12");
    expect(() => formatCacheTag("linux-arm64", "v2-x")).toThrow(/cannot be read back/);
    expect(() => formatCacheTag("windows", "main")).toThrow(/cannot be read back/);
  });

  it("fits and is read back for the scopes of any plan", () => {
    fc.assert(
      fc.property(branchName, branchName, suffix, (name, defaultBranch, ending) => {
        const source = push(`refs/heads/${name}`, { repository: { default_branch: defaultBranch } });
        const { cache } = planOf(source, { suffix: ending });
        for (const scope of [cache.own, cache.fallback].filter((text) => text !== "")) {
          const written = formatCacheTag("linux-mips64le", scope);
          expect(written).toMatch(ociTag);
          expect(parseTag(written, { defaultBranch })).toMatchObject({
            class: "cache",
            scope,
            platform: "linux-mips64le",
          });
        }
      }),
    );
  });

  it.each([
    [pullRequest(), "", { own: "pr-12", fallback: "main", write: true }],
    [pullRequest(), "alpine", { own: "pr-12-alpine", fallback: "main-alpine", write: true }],
    [push("refs/heads/feature/x"), "", { own: "feature-x", fallback: "main", write: true }],
    [push("refs/heads/pr-12"), "", { own: "branch-pr-12", fallback: "main", write: true }],
    [push("refs/heads/v2/x"), "", { own: "branch-v2-x", fallback: "main", write: true }],
    [push("refs/heads/main"), "", { own: "main", fallback: "main", write: true }],
    [push("refs/tags/v1.2.3"), "", { own: "main", fallback: "main", write: false }],
    [mergeGroup(), "", { own: "main", fallback: "main", write: false }],
    [mergeGroup({ base_ref: "refs/heads/release/1.x" }), "", { own: "release-1-x", fallback: "main", write: false }],
    [event("issues", {}), "", { own: "", fallback: "", write: false }],
  ])("has its scopes by the event (%#)", (source, ending, cache) => {
    expect(planOf(source, { suffix: ending }).cache).toEqual(cache);
    expect(planOf(source, { suffix: ending, push: "never" }).cache.write).toBe(false);
  });
});

it("each class is immutable or moving", () => {
  const moving = ["branch", "date", "version-line", "latest", "extra", "cache"] as const;
  const immutable = [
    "pull-request",
    "merge-queue",
    "feature",
    "default-branch",
    "commit",
    "date-time",
    "version",
    "tag",
    "unknown",
  ] as const;
  expect(moving.map(mutabilityOf)).toEqual(moving.map(() => "moving"));
  expect(immutable.map(mutabilityOf)).toEqual(immutable.map(() => "immutable"));
});
