import { judgeFoundImage, type SeenImage, type WantedImage } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

const revision = "abc1234".padEnd(40, "0");
const other = "def5678".padEnd(40, "0");
const wanted: WantedImage = { revision, component: "api", platforms: ["linux/amd64", "linux/arm64"] };
const seen: SeenImage = { facts: { revision, component: "api" }, platforms: wanted.platforms, missing: [] };
const unsaid = { component: "" };

type Row = readonly [
  what: string,
  ask: Partial<WantedImage>,
  look: Partial<SeenImage>,
  verdict: string,
  words?: string,
];
const table: readonly Row[] = [
  ["of the commit, with all platforms", {}, {}, "found"],
  ["with more platforms than asked for", { platforms: ["linux/arm64"] }, {}, "found"],
  ["of any component where none is asked for", { component: "" }, {}, "found"],
  ["of another commit", {}, { facts: { revision: other, component: "api" } }, "other", `${other}, and ${revision}`],
  ["of no commit", {}, { facts: unsaid }, "other", "does not say which commit"],
  ["of no commit yet, while a part is late", {}, { facts: unsaid, missing: ["sha256:a"] }, "incomplete", "sha256:a"],
  ["of another component", {}, { facts: { revision, component: "ui" } }, "other", "component ui, and api"],
  ["of no component", {}, { facts: { revision, component: "" } }, "other", "no component"],
  ["without a platform", {}, { platforms: ["linux/amd64"] }, "incomplete", "lacks linux/arm64 (it has linux/amd64)"],
  ["without any platform", {}, { platforms: [] }, "incomplete", "it has no platform"],
  ["with a part that cannot be read", {}, { missing: ["sha256:b"] }, "incomplete", "its part sha256:b"],
  [
    "of another commit and without a platform",
    {},
    { facts: { revision: other, component: "api" }, platforms: [] },
    "other",
    other,
  ],
];

describe("an image under the expected name", () => {
  it.each(table.map((row) => ({ what: row[0], row })))("$what", ({ row: [, ask, look, verdict, words = ""] }) => {
    const judged = judgeFoundImage({ ...wanted, ...ask }, { ...seen, ...look });
    expect(judged.verdict).toBe(verdict);
    expect("reason" in judged ? judged.reason : "").toContain(words);
  });
});
