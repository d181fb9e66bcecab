import { checkListing, type Listing } from "@longshore/cleanup";
import { describe, expect, it } from "vitest";
import { day, listExamples } from "./example-package.ts";

const versions = listExamples(Object.fromEntries("abcde".split("").map((word) => [word, { age: day, tags: [word] }])));
const page = (...places: readonly number[]) => places.flatMap((place) => versions[place] ?? []);
const whole: Listing = {
  pages: [page(0, 1), page(2, 3), page(4)],
  pageSize: 2,
  firstAgain: page(0, 1),
  lastAgain: page(4),
  count: 5,
};
const touched = page(0, 1).map((version) => ({ ...version, updatedAt: version.updatedAt + 1 }));
const tagged = page(0, 1).map((version) => ({ ...version, tags: [...version.tags, "more"] }));

describe("a listing", () => {
  it("is complete when no page changed under the reader", () => {
    expect(checkListing(whole)).toEqual({ complete: true, versions });
    expect(checkListing({ ...whole, count: undefined })).toEqual({ complete: true, versions });
  });

  it("may be empty, and its last page full", () => {
    expect(checkListing({ pages: [[]], pageSize: 2, firstAgain: [], lastAgain: [], count: 0 }).complete).toBe(true);
    const full = { ...whole, pages: [page(0, 1), page(2, 3)], lastAgain: page(2, 3), count: 4 };
    expect(checkListing(full).complete).toBe(true);
  });

  it.each<readonly [string, Partial<Listing>, string]>([
    ["a page is missing", { pages: [] }, "The listing has no page."],
    ["a page is short", { pages: [page(0), page(2, 3), page(4)] }, "Page 1 of 3 holds 1 versions, not 2."],
    ["a page is too long", { pages: [page(0, 1, 2)] }, "Page 1 of 1 holds 3 versions, not 2."],
    [
      "a push moved a version to the next page",
      { pages: [page(0, 1), page(1, 2), page(3, 4)], lastAgain: page(3, 4) },
      `Version 2 (${versions[1]?.digest}) is listed twice.`,
    ],
    [
      "something was pushed meanwhile",
      { firstAgain: page(4, 0) },
      "The first page changed while the others were read.",
    ],
    ["a tag moved", { firstAgain: tagged }, "The first page changed while the others were read."],
    ["a version was touched", { firstAgain: touched }, "The first page changed while the others were read."],
    ["something was deleted", { lastAgain: [] }, "The last page changed while the others were read."],
    ["the package counts more", { count: 6 }, "The listing holds 5 versions, the package says it has 6."],
  ])("is refused when %s", (_, change, reason) => {
    expect(checkListing({ ...whole, ...change })).toEqual({ complete: false, reason });
  });
});
