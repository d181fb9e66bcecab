import { slugifyName } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a slug", () => {
  it.each([
    ["feature/Add_New-Feature", "feature-add-new-feature"],
    ["a/b", "a-b"],
    ["a_b", "a-b"],
    ["a.b", "a-b"],
    ["ab", "ab"],
    ["a&b", "a-b"],
    ["a+b", "a-b"],
    ["--a--b--", "a-b"],
    ["@foo", "foo"],
    ["über/straße", "uber-strasse"],
    ["cafe\u0301", "cafe"],
    ["İstanbul", "istanbul"],
    ["日本語", ""],
    ["fix/日本語/x", "fix-x"],
    ["a日b", "a-b"],
    ["🚀 launch 🚀", "launch"],
    ["مرحبا", "mrhba"],
    ["$(touch x)", "touch-x"],
    ["`id`", "id"],
    ['a"b;c', "a-b-c"],
    ["${{ secrets.X }}", "secrets-x"],
    ["::set-output::", "set-output"],
    ["a\nb\r\tc", "a-b-c"],
    ["\ud800x", "x"],
    ["", ""],
  ])("of %j is %j", (text, slug) => {
    expect(slugifyName(text, 120)).toBe(slug);
  });

  it("is cut, and trimmed again", () => {
    expect(slugifyName("aaa/bbb", 5)).toBe("aaa-b");
    expect(slugifyName("aaa/bbb", 4)).toBe("aaa");
    expect(slugifyName("aaa", 0)).toBe("");
  });

  it("has nothing but letters, digits and single dashes, and is its own slug", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 130 }), (text, length) => {
        const slug = slugifyName(text, length);
        expect(slug).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
        expect(slug.length).toBeLessThanOrEqual(length);
        expect(slugifyName(slug, length)).toBe(slug);
      }),
    );
  });
});
