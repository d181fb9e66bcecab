import { InputError } from "@longshore/language";
import type { EventContext, PlanOptions } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { event, mergeGroup, pullRequest, push, release, sha } from "../../doubles/events.ts";
import { namesOf, planOf } from "./plan-of.ts";

interface Row {
  readonly immutable: string;
  readonly moving?: string;
  readonly stays?: Readonly<Record<string, string>>;
  readonly options?: Partial<PlanOptions>;
  readonly component?: string;
}

const branch = (name: string) => push(`refs/heads/${name}`);
const tag = (name: string) => push(`refs/tags/${name}`);
const mainNames = `main-abc1234 sha-abc1234 sha-${sha} 20240628-143022`;
const prereleaseStays = "a prerelease moves nothing";

const rows: readonly (readonly [string, EventContext, Row])[] = [
  // N1
  ["a pull request", pullRequest(), { immutable: "pr-12-abc1234" }],
  ["a pull request of a variant", pullRequest(), { immutable: "pr-12-abc1234-alpine", options: { suffix: "alpine" } }],
  // N2
  ["feature/Add_New-Feature", branch("feature/Add_New-Feature"), { immutable: "feature-add-new-feature-abc1234" }],
  ["feature/fix-#123", branch("feature/fix-#123"), { immutable: "feature-fix-123-abc1234" }],
  ["feature/Sub/Feature", branch("feature/Sub/Feature"), { immutable: "feature-sub-feature-abc1234" }],
  [
    "a branch of a variant",
    branch("feature/x"),
    { immutable: "feature-x-abc1234-alpine", options: { suffix: "-alpine" } },
  ],
  ["a branch of 300 letters", branch("x".repeat(300)), { immutable: `${"x".repeat(120)}-abc1234` }],
  [
    "a long branch of a variant",
    branch("x".repeat(300)),
    { immutable: `${"x".repeat(113)}-abc1234-alpine`, options: { suffix: "alpine" } },
  ],
  ["a branch cut at a dash", branch(`${"x".repeat(119)}/y`), { immutable: `${"x".repeat(119)}-abc1234` }],
  // N3
  ["branch pr-12", branch("pr-12"), { immutable: "branch-pr-12-abc1234" }],
  ["branch PR/12", branch("PR/12"), { immutable: "branch-pr-12-abc1234" }],
  ["branch mq-3", branch("mq-3"), { immutable: "branch-mq-3-abc1234" }],
  ["branch sha", branch("sha"), { immutable: "branch-sha-abc1234" }],
  ["branch Main beside main", branch("Main"), { immutable: "branch-main-abc1234" }],
  ["branch latest", branch("latest"), { immutable: "branch-latest-abc1234" }],
  ["branch cache/linux", branch("cache/linux"), { immutable: "branch-cache-linux-abc1234" }],
  ["branch pr-12-fix, which no pull request can be", branch("pr-12-fix"), { immutable: "pr-12-fix-abc1234" }],
  ["branch shape, which only starts like sha", branch("shape"), { immutable: "shape-abc1234" }],
  ["branch v1.2.3, which is no tag", branch("v1.2.3"), { immutable: "v1-2-3-abc1234" }],
  ["branch ###", branch("###"), { immutable: "branch-abc1234" }],
  ["branch @foo", branch("@foo"), { immutable: "foo-abc1234" }],
  ["branch 日本語", branch("日本語"), { immutable: "branch-abc1234" }],
  // N4, N7
  ["the default branch", branch("main"), { immutable: mainNames, moving: "20240628 main latest" }],
  [
    "the default branch of a variant",
    branch("main"),
    {
      immutable: `main-abc1234-alpine sha-abc1234-alpine sha-${sha}-alpine 20240628-143022-alpine`,
      moving: "20240628-alpine main-alpine latest-alpine",
      options: { suffix: "alpine" },
    },
  ],
  [
    "the default branch once there are stable versions",
    branch("main"),
    {
      immutable: mainNames,
      moving: "20240628 main",
      stays: { latest: "it belongs to releases since there are stable versions, 1.2.0 the highest" },
      options: { versions: ["v1.2.0", "v1.1.9", "v2.0.0-rc.1"] },
    },
  ],
  [
    "the default branch with prereleases only",
    branch("main"),
    {
      immutable: mainNames,
      moving: "20240628 main latest",
      options: { versions: ["v1.0.0-rc.1", "nightly", "v1.2", "api/v1.0.0"] },
    },
  ],
  [
    "a component's default branch beside another's versions",
    branch("main"),
    {
      immutable: mainNames,
      moving: "20240628 main latest",
      options: { versions: ["v1.0.0", "ui/v1.0.0", "api-gateway-v1.0.0"] },
      component: "api",
    },
  ],
  [
    "a component's default branch beside its own versions",
    branch("main"),
    {
      immutable: mainNames,
      moving: "20240628 main",
      stays: { latest: "it belongs to releases since there are stable versions, 1.0.0 the highest" },
      options: { versions: ["refs/tags/api-v1.0.0"] },
      component: "api",
    },
  ],
  ...(["default-branch", "both"] as const).map(
    (latest) =>
      [
        `the default branch with latest: ${latest}`,
        branch("main"),
        {
          immutable: mainNames,
          moving: "20240628 main latest",
          options: { latest, versions: ["v1.2.0"] },
        },
      ] as const,
  ),
  ...(["release", "none"] as const).map(
    (latest) =>
      [
        `the default branch with latest: ${latest}`,
        branch("main"),
        {
          immutable: mainNames,
          moving: "20240628 main",
          stays: { latest: `input latest is ${latest}` },
          options: { latest },
        },
      ] as const,
  ),
  // N5, N6
  ["the first release", tag("v1.2.3"), { immutable: "1.2.3", moving: "1.2 1 latest" }],
  [
    "a release with v forms",
    tag("v1.2.3"),
    { immutable: "1.2.3 v1.2.3", moving: "1.2 v1.2 1 v1 latest", options: { versionPrefix: true } },
  ],
  [
    "a release of a variant",
    tag("v1.2.3"),
    { immutable: "1.2.3-alpine", moving: "1.2-alpine 1-alpine latest-alpine", options: { suffix: "alpine" } },
  ],
  [
    "a release that is listed",
    tag("v1.2.3"),
    { immutable: "1.2.3", moving: "1.2 1 latest", options: { versions: ["v1.2.3", "v1.2.2", "v1.0.0"] } },
  ],
  [
    "a backport",
    tag("v1.1.9"),
    {
      immutable: "1.1.9",
      moving: "1.1",
      stays: { "1": "1.2.0 is higher", latest: "1.2.0 is higher" },
      options: { versions: ["v1.2.0", "v1.1.8"] },
    },
  ],
  [
    "a release of an older major version",
    tag("v1.9.0"),
    {
      immutable: "1.9.0",
      moving: "1.9 1",
      stays: { latest: "2.0.0 is higher" },
      options: { versions: ["v2.0.0", "v1.8.0"] },
    },
  ],
  [
    "versions compared as numbers",
    tag("v1.10.0"),
    { immutable: "1.10.0", moving: "1.10 1 latest", options: { versions: ["v1.9.0", "v1.2.0"] } },
  ],
  [
    "a release below a coming prerelease",
    tag("v1.2.3"),
    { immutable: "1.2.3", moving: "1.2 1 latest", options: { versions: ["v2.0.0-rc.1"] } },
  ],
  [
    "version 0",
    tag("v0.3.1"),
    { immutable: "0.3.1", moving: "0.3 latest", stays: { "0": "versions below 1.0.0 promise nothing to each other" } },
  ],
  [
    "a release with build metadata",
    tag("v1.2.3+build.5"),
    { immutable: "1.2.3_build.5", moving: "1.2 1 latest", options: { versions: ["v1.2.3"] } },
  ],
  [
    "its plain version afterwards",
    tag("v1.2.3"),
    {
      immutable: "1.2.3",
      stays: { "1.2": "1.2.3+build.5 is higher", "1": "1.2.3+build.5 is higher", latest: "1.2.3+build.5 is higher" },
      options: { versions: ["v1.2.3+build.5"] },
    },
  ],
  [
    "a calendar version, whose year and day would read as a date",
    tag("v20240628.1.0"),
    {
      immutable: "20240628.1.0",
      moving: "20240628.1 latest",
      stays: { "20240628": "it would read as a date" },
    },
  ],
  [
    "a prerelease",
    tag("v1.3.0-rc.1"),
    {
      immutable: "1.3.0-rc.1",
      stays: { "1.3": prereleaseStays, "1": prereleaseStays, latest: prereleaseStays },
    },
  ],
  [
    "a release GitHub marks as prerelease",
    release("v1.3.0", { prerelease: true }),
    {
      immutable: "1.3.0",
      stays: { "1.3": prereleaseStays, "1": prereleaseStays, latest: prereleaseStays },
    },
  ],
  [
    "a component's release beside higher ones of others",
    tag("api/v1.2.3"),
    {
      immutable: "1.2.3",
      moving: "1.2 1 latest",
      options: { versions: ["v9.0.0", "ui/v8.0.0", "api-gateway-v7.0.0", "api/v1.2.2"] },
      component: "api",
    },
  ],
  [
    "a component's release below one of the other form",
    tag("api/v1.2.3"),
    {
      immutable: "1.2.3",
      moving: "1.2 1",
      stays: { latest: "2.0.0 is higher" },
      options: { versions: ["api-v2.0.0"] },
      component: "api",
    },
  ],
  ...(["default-branch", "none"] as const).map(
    (latest) =>
      [
        `a release with latest: ${latest}`,
        tag("v1.2.3"),
        {
          immutable: "1.2.3",
          moving: "1.2 1",
          stays: { latest: `input latest is ${latest}` },
          options: { latest },
        },
      ] as const,
  ),
  ...(["release", "both"] as const).map(
    (latest) =>
      [
        `a release with latest: ${latest}`,
        tag("v1.2.3"),
        {
          immutable: "1.2.3",
          moving: "1.2 1 latest",
          options: { latest },
        },
      ] as const,
  ),
  // other tags
  ["a tag that is no version", tag("Nightly/2024.06"), { immutable: "nightly-2024-06" }],
  ["a component's tag where none is built", tag("api/v1.2.3"), { immutable: "api-v1-2-3" }],
  ["tag latest", tag("latest"), { immutable: "tag-latest" }],
  ["tag main", tag("main"), { immutable: "tag-main" }],
  ["tag 20240628", tag("20240628"), { immutable: "tag-20240628" }],
  ["tag v1", tag("v1"), { immutable: "tag-v1" }],
  ["tag pr-12-abc1234", tag("pr-12-abc1234"), { immutable: "pr-12-abc1234-tag" }],
  ["tag cache-linux-amd64-main", tag("cache-linux-amd64-main"), { immutable: "tag-cache-linux-amd64-main" }],
  [
    "a tag named like an extra tag",
    tag("edge"),
    { immutable: "tag-edge", moving: "edge", options: { extraTags: ["edge"] } },
  ],
  // N8
  ["the merge queue", mergeGroup(), { immutable: "mq-34-abc1234" }],
  [
    "the merge queue with an extra tag",
    mergeGroup(),
    { immutable: "mq-34-abc1234", stays: { edge: "a merge queue moves nothing" }, options: { extraTags: ["edge"] } },
  ],
  // extra tags
  [
    "extra tags",
    branch("feature/x"),
    {
      immutable: "feature-x-abc1234",
      moving: "edge Stable_1.x",
      options: { extraTags: ["edge", "Stable_1.x", "edge"] },
    },
  ],
  [
    "an extra tag of a variant",
    branch("feature/x"),
    {
      immutable: "feature-x-abc1234-alpine",
      moving: "edge-alpine",
      options: { extraTags: ["edge"], suffix: "alpine" },
    },
  ],
  [
    "an extra tag on a prerelease",
    tag("v1.3.0-rc.1"),
    {
      immutable: "1.3.0-rc.1",
      stays: { "1.3": prereleaseStays, "1": prereleaseStays, latest: prereleaseStays, next: prereleaseStays },
      options: { extraTags: ["next"] },
    },
  ],
  // a bare commit, N9
  [
    "a bare commit",
    { ...branch("main"), override: { ref: sha, revision: sha } },
    { immutable: `sha-abc1234 sha-${sha}` },
  ],
  ["a push that deletes", push("refs/heads/x", { deleted: true }), { immutable: "", options: { extraTags: ["edge"] } }],
  ["an issue", event("issues", { action: "opened" }), { immutable: "" }],
];

describe("the tags of", () => {
  it.each(rows)("%s", (_name, context, row) => {
    const plan = planOf(context, row.options, row.component);
    expect(namesOf(plan, "immutable").join(" ")).toBe(row.immutable);
    expect(namesOf(plan, "moving").join(" ")).toBe(row.moving ?? "");
    expect(Object.fromEntries(plan.notMoved.map(({ name, reason }) => [name, reason]))).toEqual(row.stays ?? {});
  });
});

describe("a tag plan", () => {
  it("puts immutable tags first, the primary one before all", () => {
    const plan = planOf(branch("main"), { extraTags: ["edge"] });
    expect(plan.tags[0]?.name).toBe("main-abc1234");
    expect(plan.primaryTag).toBe("main-abc1234");
    expect(plan.tags.map(({ mutability }) => mutability).join(" ")).toMatch(/^(immutable )+(moving ?)+$/);
  });

  it.each([
    [pullRequest(), "pr-12-abc1234"],
    [branch("feature/x"), "feature-x-abc1234"],
    [tag("v1.2.3"), "1.2.3"],
    [tag("v1.3.0-rc.1"), "1.3.0-rc.1"],
    [mergeGroup(), "mq-34-abc1234"],
    [tag("nightly"), "nightly"],
    [{ ...branch("main"), override: { ref: sha, revision: sha } }, "sha-abc1234"],
    [event("issues", {}), ""],
  ])("has the primary tag an event is known by (%#)", (context, name) => {
    expect(planOf(context, { versionPrefix: true }).primaryTag).toBe(name);
  });

  it("says what lets each moving tag move, and of no other", () => {
    const rulesOf = (context: EventContext, latest: "both") =>
      planOf(context, { latest, extraTags: ["edge"] }).tags.map(({ name, rule }) => `${name} ${rule ?? "never"}`);
    expect(rulesOf(branch("main"), "both").slice(4)).toEqual([
      "20240628 ancestor",
      "main ancestor",
      "latest ancestor",
      "edge ancestor",
    ]);
    expect(rulesOf(tag("v1.2.3"), "both")).toEqual([
      "1.2.3 never",
      "1.2 highest-version",
      "1 highest-version",
      "latest highest-version",
      "edge ancestor",
    ]);
  });

  it("gives a reason for each tag", () => {
    const reasons = Object.fromEntries(planOf(tag("v1.2.3")).tags.map(({ name, reason }) => [name, reason]));
    expect(reasons).toEqual({
      "1.2.3": "version of git tag v1.2.3",
      "1.2": "highest stable version of 1.2.x is 1.2.3",
      "1": "highest stable version of 1.x is 1.2.3",
      latest: "highest stable version is 1.2.3",
    });
  });

  it("takes its dates in UTC", () => {
    const plan = planOf(branch("main"), { now: new Date("2024-12-31T23:59:59-05:00") });
    expect(namesOf(plan)).toContain("20250101-045959");
    expect(namesOf(plan)).toContain("20250101");
  });

  it("keeps a default branch whose name is another class of tags valid and its own", () => {
    const named = (name: string) =>
      namesOf(planOf(push(`refs/heads/${name}`, { repository: { default_branch: name } })), "moving")[1];
    expect(["release/1.x", "sha", "latest", "2024", "v1", "fix-abc1234", "###"].map(named)).toEqual([
      "release-1-x",
      "branch-sha",
      "branch-latest",
      "branch-2024",
      "branch-v1",
      "fix-abc1234-branch",
      "branch",
    ]);
  });

  it.each([
    "latest",
    "1.2.3",
    "v1.2.3-rc.1",
    "1.2",
    "1",
    "v1",
    "pr-1-abc1234",
    "mq-1-abc1234",
    "main",
    "main-abc1234",
    "feature-x-abc1234",
    "sha-abc1234",
    "20240628",
    "20240628-143022",
    "cache-linux-amd64-main",
  ])("refuses extra tag %s, which reads as another class", (name) => {
    expect(() => planOf(branch("feature/x"), { extraTags: [name] })).toThrow(InputError);
    expect(() => planOf(branch("feature/x"), { extraTags: [name], suffix: "alpine" })).toThrow(
      /choose a name of your own/,
    );
  });

  it("refuses a tag longer than a registry takes", () => {
    expect(() => planOf(tag(`v1.2.3-${"a".repeat(122)}`))).not.toThrow();
    expect(() => planOf(tag(`v1.2.3-${"a".repeat(123)}`))).toThrow(InputError);
    expect(() => planOf(tag(`v1.2.3-${"a".repeat(122)}`), { versionPrefix: true })).toThrow(/at most 128/);
    expect(() => planOf(tag(`v1.2.3-${"a".repeat(117)}`), { suffix: "alpine" })).toThrow(/at most 128/);
    expect(() => planOf(branch("x"), { extraTags: ["e".repeat(125)], suffix: "alpine" })).toThrow(/at most 128/);
  });
});
