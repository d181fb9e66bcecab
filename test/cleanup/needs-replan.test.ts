import { needsReplan, type PackageVersion, planPrune } from "@longshore/cleanup";
import { describe, expect, it } from "vitest";
import {
  day,
  digestOf,
  type Example,
  type Examples,
  exampleFacts,
  exampleRules,
  listExamples,
  now,
  readExamples,
} from "./example-package.ts";

const examples: Examples = {
  part: { age: 9 * day },
  closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["part"] },
  release: { tags: ["1.0.0"], age: 9 * day, holds: ["kept"] },
  kept: { age: 9 * day },
};
const versions = listExamples(examples);
const plan = planPrune(versions, readExamples(examples), exampleFacts, exampleRules);

const closed = versions[1] as PackageVersion;
const release = versions[2] as PackageVersion;
const pushed = (word: string): PackageVersion => ({ ...closed, id: 99, digest: digestOf(word), tags: ["new"] });
const knowing = (word: string, example: Omit<Example, "age">) => readExamples({ [word]: { age: 0, ...example } });

describe("a plan", () => {
  it("holds while nothing happens", () => {
    expect(needsReplan(plan, versions)).toBeUndefined();
    expect(needsReplan(plan, [])).toBeUndefined();
  });

  it("holds when what stays is tagged again", () => {
    expect(needsReplan(plan, [{ ...release, tags: ["1.0.0", "latest"], updatedAt: now }])).toBeUndefined();
  });

  it("holds when something new needs only what stays", () => {
    expect(needsReplan(plan, [pushed("new")], knowing("new", { holds: ["kept"] }))).toBeUndefined();
  });

  it.each<readonly [string, PackageVersion, ReturnType<typeof knowing>, RegExp]>([
    ["what goes gets a tag", { ...closed, tags: ["pr-2-aaaaaaa", "stable"] }, new Map(), /tagged again: .*stable/],
    ["what goes loses its tag", { ...closed, tags: [] }, new Map(), /tagged again: no tag/],
    ["what goes is touched", { ...closed, updatedAt: now }, new Map(), /was to go/],
    ["what goes is pushed anew", { ...closed, id: 99 }, new Map(), /was to go/],
    ["something new was not read", pushed("new"), new Map(), /Version 99 is new, and what it holds is not known/],
    ["something new cannot be read", pushed("new"), knowing("new", { unreadable: "no" }), /not known/],
    ["something new holds what goes", pushed("new"), knowing("new", { holds: ["part"] }), /holds .*which was to go/],
  ])("no longer holds when %s", (_, version, graph, reason) => {
    expect(needsReplan(plan, [version], graph)).toMatch(reason);
  });
});
