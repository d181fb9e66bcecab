import { formatCacheLine, readCacheLog } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const amd64 = { platform: "linux/amd64", total: 14, cached: 12 };
const arm64 = { platform: "linux/arm64", total: 14, cached: 3 };
const date = "2026-11-21T10:00:00.1234567Z ";
const dated = (...lines: readonly string[]) => lines.map((line) => `${date}${line}\n`).join("");

describe("the log of a job tells the cache", () => {
  it.each([
    ["of each platform", dated("x", formatCacheLine(amd64), "y", formatCacheLine(arm64)), [amd64, arm64]],
    [
      "of a platform once, the last time",
      dated(formatCacheLine({ ...amd64, cached: 0 }), formatCacheLine(amd64)),
      [amd64],
    ],
    ["after a byte order mark", `\ufeff${dated(formatCacheLine(amd64))}`, [amd64]],
    ["with Windows' line ends, and without a last one", `${date}${formatCacheLine(amd64)}\r`, [amd64]],
    ["after a group", dated("##[group]Build", "#1 DONE", "##[endgroup]", formatCacheLine(amd64)), [amd64]],
    ["never in a group", dated("##[group]Build", formatCacheLine(amd64), "##[endgroup]"), []],
    ["never in a line that has no date", formatCacheLine(amd64), []],
    ["never behind other words", dated(`#8 0.1 ${formatCacheLine(amd64)}`, `x\r${formatCacheLine(amd64)}`), []],
    ["never where it has none", "", []],
  ])("%s", (_, log, expected) => {
    expect(readCacheLog(log)).toEqual(expected);
  });

  it("whatever else stands in it", () => {
    const other = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...dated("##[endgroup]", "Cache", "")));
    fc.assert(
      fc.property(fc.array(other), fc.array(other), (before, after) => {
        const log = [...before, `${date}##[endgroup]`, `${date}${formatCacheLine(amd64)}`, ...after].join("\n");
        expect(readCacheLog(log)).toContainEqual(amd64);
      }),
    );
  });
});
