import { parseDuration } from "@longshore/cleanup";
import { InputError } from "@longshore/language";
import { describe, expect, it } from "vitest";

describe("a duration", () => {
  it.each([
    ["90m", 5_400_000],
    ["24h", 86_400_000],
    ["7d", 604_800_000],
    [" 2w ", 1_209_600_000],
    ["0h", 0],
  ])("%s is %s milliseconds", (text, milliseconds) => {
    expect(parseDuration("untagged-grace", text)).toBe(milliseconds);
  });

  it.each(["", "7", "d", "-1d", "1.5h", "1y", "2w3d", "24 h", "1e3h", "NaN", "Infinity", "9999999d", "٣d"])(
    "%j is refused",
    (text) => {
      expect(() => parseDuration("untagged-grace", text)).toThrow(InputError);
      expect(() => parseDuration("untagged-grace", text)).toThrow(/^Input untagged-grace is .*24h/);
    },
  );
});
