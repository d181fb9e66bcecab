import { type CacheHits, formatCacheLine, parseCacheLine, parsePlatform } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const platform = fc.constantFrom("linux/amd64", "linux/amd64/v3", "linux/arm64", "linux/arm/v7", "linux/riscv64");
const hits: fc.Arbitrary<CacheHits> = fc
  .tuple(platform, fc.integer({ min: 1, max: 1000 }))
  .chain(([name, total]) => fc.nat(total).map((cached) => ({ platform: parsePlatform(name), total, cached })));

describe("the line that tells the cache", () => {
  it("is a sentence", () => {
    const line = formatCacheLine({ platform: "linux/amd64", total: 14, cached: 12 });
    expect(line).toBe("Cache linux/amd64: 12 of 14 steps came from the cache.");
  });

  it("is read as it was written", () => {
    fc.assert(
      fc.property(hits, (told) => {
        expect(parseCacheLine(formatCacheLine(told))).toEqual(told);
      }),
    );
  });

  it("is no other line", () => {
    const near = fc.tuple(hits, fc.nat(70), fc.string({ maxLength: 3 })).map(([told, at, put]) => {
      const line = formatCacheLine(told);
      return `${line.slice(0, at)}${put}${line.slice(at + 1)}`;
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (line) => {
        const told = parseCacheLine(line);
        if (told !== undefined) expect(formatCacheLine(told)).toBe(line);
      }),
    );
  });

  it.each([
    "",
    "Cache linux/amd64: 3 of 2 steps came from the cache.",
    "Cache linux/amd64: 0 of 0 steps came from the cache.",
    "Cache linux/amd64: 1 of 99999 steps came from the cache.",
    "Cache linux/z80: 1 of 2 steps came from the cache.",
    "Cache linux/arm64/v8: 1 of 2 steps came from the cache.",
    "Cache linux/amd64: 1 of 2 steps came from the cache. ",
    " Cache linux/amd64: 1 of 2 steps came from the cache.",
    "Cache linux/amd64: -1 of 2 steps came from the cache.",
  ])("is not %j", (line) => {
    expect(parseCacheLine(line)).toBeUndefined();
  });
});
