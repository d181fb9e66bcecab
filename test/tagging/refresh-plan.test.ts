import { type ImagePlan, needsRefresh, type PlannedTag, refreshPlan } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

const line = (name: string): PlannedTag => ({
  ...{ name, class: name.includes("latest") ? "latest" : "version-line", mutability: "moving" },
  ...{ rule: "highest-version", reason: "highest" },
});

function release(changes: Partial<ImagePlan> = {}): ImagePlan {
  const version: PlannedTag = { name: "1.2.3", class: "version", mutability: "immutable", reason: "version" };
  return examplePlan({
    ...{
      kind: "release",
      version: "1.2.3",
      primaryTag: "1.2.3",
      tags: [version, line("1.2"), line("1"), line("latest")],
    },
    ...changes,
  });
}

describe("a plan that waited", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["nothing", ["v1.2.3"], []],
    ["its own tag deleted", [], []],
    ["an older version", ["v1.2.3", "v1.1.9"], []],
    ["a patch of its line", ["v1.2.3", "v1.2.4"], ["1.2", "1", "latest"]],
    ["a minor version", ["v1.2.3", "v1.3.0"], ["1", "latest"]],
    ["a major version", ["v1.2.3", "v2.0.0"], ["latest"]],
    ["a prerelease", ["v1.2.3", "v2.0.0-rc.1"], []],
    ["another component's version", ["v1.2.3", "api/v9.0.0"], []],
  ])("after %s", (_, gitTags, left) => {
    const { tags, notMoved } = refreshPlan(release(), gitTags);
    expect(notMoved.map(({ name }) => name)).toEqual(left);
    expect(tags.map(({ name }) => name)).toEqual(
      ["1.2.3", "1.2", "1", "latest"].filter((name) => !left.includes(name)),
    );
  });

  it("reads suffixes and the v forms", () => {
    const plan = release({ suffix: "-alpine", tags: [line("v1.2-alpine"), line("latest-alpine")] });
    expect(refreshPlan(plan, ["v1.3.0"])).toMatchObject({
      tags: [{ name: "v1.2-alpine" }],
      notMoved: [{ name: "latest-alpine", reason: "1.3.0 is higher", higher: ["1.3.0"], mutability: "moving" }],
    });
  });

  it("moves what a version held back that is withdrawn by now, and counts anew what still does", () => {
    const held = (name: string, higher: readonly string[]) => ({
      ...{ name, reason: `${higher[0]} is higher`, higher },
      mutability: "moving" as const,
    });
    const plan = release({
      tags: [line("1.2")],
      notMoved: [held("1", ["1.4.0"]), held("latest", ["2.1.0"]), { name: "x", reason: "a prerelease moves nothing" }],
    });
    expect(needsRefresh({ ...plan, tags: [] })).toBe(true);
    const { tags, notMoved } = refreshPlan(plan, ["v1.2.3", "v2.0.0"]);
    expect(tags.map(({ name, reason }) => [name, reason])).toEqual([
      ["1.2", "highest"],
      ["1", "highest stable version is 1.2.3"],
    ]);
    expect(notMoved).toEqual([held("latest", ["2.0.0"]), { name: "x", reason: "a prerelease moves nothing" }]);
  });

  it("of no version is what it was", () => {
    const plan = examplePlan();
    expect(needsRefresh(plan)).toBe(false);
    expect(refreshPlan(plan, ["v9.0.0"])).toEqual(plan);
    expect(needsRefresh(release())).toBe(true);
  });
});
