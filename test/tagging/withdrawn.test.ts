import {
  freeTags,
  gitTagOfVersion,
  type ImagePlan,
  isWithdrawn,
  looksLikeVersion,
  obstaclesOf,
} from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { push } from "../../doubles/events.ts";
import { namesOf, planOf } from "./plan-of.ts";

describe("a version is withdrawn", () => {
  it.each<[string, string, readonly string[], boolean]>([
    ["when its git tag is gone", "", ["v1.2.4", "v1.2.3"], true],
    ["not while its git tag is there", "", ["v1.2.4", "v1.3.0"], false],
    ["not while it is there without its v", "", ["1.2.4", "1.3.0"], false],
    ["not where git tags do not name the own version either", "", ["nightly"], false],
    ["not where there are no git tags", "", [], false],
    ["when only another component has it", "api", ["api/v1.2.4", "ui/v1.3.0", "v1.3.0"], true],
    ["not while the component has it, in either form", "api", ["api/v1.2.4", "api-v1.3.0"], false],
  ])("%s", (_, component, gitTags, withdrawn) => {
    expect(isWithdrawn("1.3.0", { own: "1.2.4", component, gitTags })).toBe(withdrawn);
  });

  it("never while any list with its git tag is read", () => {
    const versions = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => `v${parts.join(".")}`));
    fc.assert(
      fc.property(versions, (gitTags) => {
        expect(isWithdrawn("1.3.0", { own: "1.2.4", component: "", gitTags: [...gitTags, "v1.3.0"] })).toBe(false);
      }),
    );
  });
});

it("the git tag of a version is the one that names exactly it", () => {
  expect(gitTagOfVersion("1.2.3", "", ["v1.2.30", "v1.2.3-rc.1", "v1.2.3"])).toBe("v1.2.3");
  expect(gitTagOfVersion("1.2.3+b.5", "api", ["v1.2.3+b.5", "api-v1.2.3+b.5"])).toBe("api-v1.2.3+b.5");
  expect(gitTagOfVersion("1.2.3", "", ["v1.2", "latest"])).toBeUndefined();
});

describe("what higher versions hold back", () => {
  const release = (versions: readonly string[], suffix = ""): ImagePlan =>
    planOf(push("refs/tags/v1.2.4"), { versions, suffix });

  it("is told with them, the highest first, at most ten of each line", () => {
    const plan = release(["v1.2.4", "v1.3.0", "v2.0.0", "v1.2.9", "v1.3.0-rc.1"]);
    expect(namesOf(plan, "moving")).toEqual([]);
    expect(plan.notMoved).toEqual([
      { name: "1.2", reason: "1.2.9 is higher", higher: ["1.2.9"], mutability: "moving" },
      { name: "1", reason: "1.3.0 is higher", higher: ["1.3.0", "1.2.9"], mutability: "moving" },
      { name: "latest", reason: "2.0.0 is higher", higher: ["2.0.0", "1.3.0", "1.2.9"], mutability: "moving" },
    ]);
    const many = release(Array.from({ length: 40 }, (_, patch) => `v1.3.${patch}`));
    expect(many.notMoved.map(({ higher = [] }) => [higher.length, higher[0]])).toEqual([
      [10, "1.3.39"],
      [10, "1.3.39"],
    ]);
  });

  it("makes it a plan that moves tags, which waits for a promotion where one is", () => {
    expect(JSON.stringify(release(["v1.2.9"]))).toContain('"mutability":"moving"');
    expect(JSON.stringify(planOf(push("refs/tags/v1.2.4-rc.1")))).not.toContain('"mutability":"moving"');
  });

  it("is looked for under the tag of each version, with the suffix", () => {
    expect([...obstaclesOf(release(["v1.3.0", "v1.4.0+b"], "alpine"))]).toEqual([
      ["1.4.0+b", "1.4.0_b-alpine"],
      ["1.3.0", "1.3.0-alpine"],
    ]);
    expect(obstaclesOf(release(["v1.2.3"]))).toEqual(new Map());
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["none", [], ["1.2", "1", "latest"]],
    ["the highest", ["2.0.0"], ["1.2", "1"]],
    ["one of the line", ["1.3.0"], ["1.2"]],
    ["one of the own minor line", ["1.2.9"], []],
  ])("moves as far as it may when %s has an image", (_, published, moved) => {
    const plan = release(["v1.2.9", "v1.3.0", "v2.0.0"], "alpine");
    const freed = freeTags(plan, (version) => published.includes(version));
    expect(namesOf(freed, "moving").map((name) => name.replace("-alpine", ""))).toEqual(moved);
    for (const tag of freed.tags.filter(({ mutability }) => mutability === "moving")) {
      expect(tag).toMatchObject({ rule: "highest-version", reason: expect.stringMatching(/2\.0\.0|1\.3\.0|1\.2\.9/) });
    }
    expect(freed.tags.length + freed.notMoved.length).toBe(plan.tags.length + plan.notMoved.length);
  });

  it("leaves what stays for another reason", () => {
    const plan = planOf(push("refs/tags/v1.3.0-rc.1"));
    expect(freeTags(plan, () => false)).toEqual(plan);
  });
});

it.each<[string, boolean]>([
  ["v1.2", true],
  ["v1", true],
  ["release-v1.2.3", true],
  ["2024.06.1x", true],
  ["api@1.2.3", true],
  ["1.2.3.4", true],
  ["V2-beta", true],
  ["v1.2.3", false],
  ["nightly", false],
  ["nightly-20240628", false],
  ["review/app", false],
  ["very-good", false],
  ["v1/docs", false],
])("git tag %s looks like a version and is none: %s", (gitTag, looks) => expect(looksLikeVersion(gitTag)).toBe(looks));
