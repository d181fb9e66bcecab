import { type ReferrerEntry, readReferrers, refersTo } from "@longshore/publishing";
import { formatReferrersTag, formatSignatureTags, parseCompanionTag } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

const [subject, child, referrer] = ["a", "b", "c"].map((hex) => `sha256:${hex.repeat(64)}`) as [string, string, string];
const entry = (digest: string): ReferrerEntry => ({ digest, size: 1 });
const listOf = (...digests: readonly string[]) => ({ parsed: { manifests: digests.map(entry) } });

describe("a list of referrers", () => {
  it("is what names others, each once", () => {
    expect(readReferrers(listOf(referrer, referrer), subject, [child])).toEqual([entry(referrer)]);
  });

  it.each([
    ["is not there", undefined],
    ["is its own subject", { digest: subject, ...listOf(referrer) }],
    ["names its subject", listOf(subject, referrer)],
    ["names a part of its subject", listOf(referrer, child)],
    ["is no index", { parsed: { layers: [entry(referrer)] } }],
    ["is nonsense", { parsed: { manifests: [null, 7, { digest: "x" }, { digest: 7 }] } }],
  ])("that %s is none", (_, told) => {
    expect(readReferrers(told, subject, [child])).toEqual([]);
  });
});

test("only a manifest that names its subject refers to it", () => {
  expect(refersTo({ subject: { digest: subject } }, subject)).toBe(true);
  for (const other of [undefined, null, subject, { digest: child }, []]) {
    expect(refersTo({ subject: other }, subject)).toBe(false);
  }
});

test("the tags of what belongs to an image are read as they are written", () => {
  const digests = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
  fc.assert(
    fc.property(digests, (digest) => {
      const tags = [formatReferrersTag(digest), ...formatSignatureTags(digest)];
      expect(tags.map((tag) => parseCompanionTag(tag)?.subject)).toEqual(tags.map(() => digest));
      expect(tags.map((tag) => parseCompanionTag(tag)?.ending)).toEqual(["", ".sig", ".att", ".sbom"]);
    }),
  );
  for (const tag of ["sha-abc1234", `sha256-${"a".repeat(65)}`, `sha256-${"a".repeat(63)}`, "latest"]) {
    expect(parseCompanionTag(tag)).toBeUndefined();
  }
});
