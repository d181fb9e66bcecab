import { formatSize, formatSizeChange } from "@longshore/publishing";
import { describe, expect, it } from "vitest";

describe("a size is told in decimal units", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [1_900_000, "1.9 MB"],
    [2_500_000_000_000_000, "2500.0 TB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});

describe("a change is told in size and per cent", () => {
  it.each([
    [1500, 1000, "+500 B (+50.0 %)"],
    [1_000_000, 2_000_000, "−1.0 MB (−50.0 %)"],
    [999_981, 1_000_000, "−19 B"],
    [1000, 1000, "no change"],
    [1000, undefined, "new"],
    [1000, 0, "+1.0 kB"],
  ])("%d after %s is %s", (size, before, text) => {
    expect(formatSizeChange({ size, before })).toBe(text);
  });
});
