import { judgeTagHealth, movingTagsOf, type SeenTag } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const now = Date.parse("2026-11-01T00:00:00Z");
const day = 86_400_000;
const rules = { platforms: ["linux/amd64", "linux/arm64"], maximumAge: 30 * day, now };
const well: SeenTag = { platforms: rules.platforms, missing: [], created: "2026-10-20T12:00:00Z" };

const table: readonly (readonly [string, SeenTag | undefined, readonly string[]])[] = [
  ["complete and young", well, []],
  ["on its last day", { ...well, created: "2026-10-02T00:00:00Z" }, []],
  ["of the future", { ...well, created: "2027-01-01T00:00:00Z" }, []],
  ["naming nothing", undefined, ["not-resolving"]],
  ["without a platform", { ...well, platforms: ["linux/amd64"] }, ["missing-platform"]],
  ["without any platform", { ...well, platforms: [] }, ["missing-platform", "missing-platform"]],
  ["with a part that is gone", { ...well, missing: [{ digest: "sha256:a", what: "linux/arm64" }] }, ["missing-part"]],
  ["a moment too old", { ...well, created: "2026-10-01T23:59:59Z" }, ["too-old"]],
  ["of no age", { ...well, created: "" }, ["no-date"]],
  ["of an age that is no date", { ...well, created: "yesterday" }, ["no-date"]],
  [
    "wrong in every way",
    { platforms: ["linux/arm64"], missing: [{ digest: "sha256:a", what: "an attestation" }], created: "2001-01-01" },
    ["missing-platform", "missing-part", "too-old"],
  ],
];

describe("a published tag", () => {
  it.each(table)("%s", (_what, seen, kinds) => {
    const problems = judgeTagHealth(seen, rules);
    expect(problems.map(({ kind }) => kind)).toEqual(kinds);
    expect(problems.every(({ detail }) => detail.endsWith("."))).toBe(true);
  });

  it("may be of any age where no limit is given", () => {
    expect(judgeTagHealth({ ...well, created: "" }, { ...rules, maximumAge: undefined })).toEqual([]);
  });
});

it("of a repository's tags those are looked at that move and that people pull", () => {
  const names = "latest main 1 1.2 v1.2 latest-alpine 1-alpine 1.2.3 main-abc1234 pr-1-abc1234 sha-abc1234 20240628 x";
  const read = (suffixes: readonly string[]) => movingTagsOf(names.split(" "), { defaultBranch: "main", suffixes });
  expect(read([])).toEqual(["latest", "main", "1", "1.2", "v1.2"]);
  expect(read(["-alpine"])).toEqual(["latest", "main", "1", "1.2", "v1.2", "latest-alpine", "1-alpine"]);
});
