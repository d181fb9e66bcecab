import { type ManifestEntry, manifestsToRead, planPrune } from "@longshore/cleanup";
import { describe, expect, it } from "vitest";
import {
  day,
  digestOf,
  type Examples,
  exampleFacts,
  exampleRules,
  hour,
  listExamples,
  readExamples,
} from "./example-package.ts";

function readAll(examples: Examples, known: readonly string[] = []) {
  const truth = readExamples(examples);
  const words = new Map(Object.keys(examples).map((word) => [digestOf(word), word]));
  const entryOf = (digest: string): ManifestEntry => truth.get(digest) ?? { digest, unreadable: "unknown" };
  const graph = new Map(known.map((word) => [digestOf(word), entryOf(digestOf(word))]));
  const waves: (readonly string[])[] = [];
  for (const wave of manifestsToRead(listExamples(examples), graph)) {
    waves.push(wave.map((digest) => words.get(digest) ?? digest));
    for (const digest of wave) graph.set(digest, entryOf(digest));
  }
  return { waves, graph };
}

const images: Examples = {
  amd64: { age: 9 * day },
  arm64: { age: 9 * day },
  release: { tags: ["1.0.0"], age: 9 * day, holds: ["amd64", "arm64"] },
  leaf: { age: 8 * day },
  inner: { age: 8 * day, holds: ["leaf"] },
  outer: { tags: ["all"], age: 8 * day, nested: ["inner"] },
};

describe("manifests are read", () => {
  it("of what has a tag, then of the indexes below it; never of plain parts", () => {
    expect(readAll(images).waves).toEqual([["release", "outer"], ["inner"]]);
  });

  it("of what no index names, the newest first, since an index is pushed after its parts", () => {
    const { waves } = readAll({
      part: { age: 9 * day },
      other: { age: 9 * day - hour },
      index: { age: 9 * day - 2 * hour, holds: ["part", "other"] },
      orphan: { age: 9 * day - 3 * hour },
    });
    expect(waves).toEqual([["orphan"], ["index"]]);
  });

  it("not at all where they are known from an earlier run", () => {
    expect(readAll(images, ["release", "outer", "inner"]).waves).toEqual([]);
    expect(readAll(images, ["release", "inner"]).waves).toEqual([["outer"]]);
  });

  it("once only, also where the caller has no answer", () => {
    expect([...manifestsToRead(listExamples(images), new Map())].flat()).toHaveLength(6);
  });

  it("at several places of a long history at once, and hardly ever in vain", () => {
    const orphans = Array.from({ length: 400 }, (_, index) => index).flatMap((index) => {
      const age = (index + 2) * day;
      const parts = [`p${index}`, `q${index}`, `r${index}`];
      return [
        ...parts.map((part) => [part, { age }] as const),
        [`i${index}`, { age: age - 1000, holds: parts }] as const,
      ];
    });
    const { waves } = readAll(Object.fromEntries(orphans));
    expect(waves.flat()).toHaveLength(400);
    expect(waves.length).toBeLessThan(20);
  });
});

describe("an attestation below an index that goes, about a manifest that stays", () => {
  const examples: Examples = {
    shared: { age: 9 * day },
    statement: { age: 9 * day, subject: "shared" },
    release: { tags: ["1.0.0"], age: 9 * day, holds: ["shared"] },
    closed: { tags: ["pr-2-aaaaaaa"], age: 9 * day, holds: ["shared"], attests: { shared: "statement" } },
  };
  const { graph } = readAll(examples);
  const plan = (known: ReadonlyMap<string, ManifestEntry>) =>
    planPrune(listExamples(examples), known, exampleFacts, exampleRules);

  it("is undecided, and stays, until it was read", () => {
    expect(plan(graph).undecided).toEqual([digestOf("statement")]);
    expect(plan(graph).remove.map(({ version }) => version.digest)).toEqual([digestOf("closed")]);
  });

  it("stays, and is not asked for again, when it cannot be read", () => {
    const digest = digestOf("statement");
    const tried = new Map(graph).set(digest, { digest, unreadable: "the registry answered 502" });
    expect(plan(tried).undecided).toEqual([]);
    expect(plan(tried).keep.find(({ version }) => version.digest === digest)?.rule).toBe("undecided");
  });

  it("stays when it names that manifest as its subject", () => {
    const read = new Map(graph).set(digestOf("statement"), readExamples(examples).get(digestOf("statement")) as never);
    expect(plan(read).undecided).toEqual([]);
    expect(plan(read).keep.find(({ version }) => version.digest === digestOf("statement"))?.rule).toBe("referrer");
  });

  it("goes when it does not", () => {
    const plain = readExamples({ statement: { age: 9 * day } }).get(digestOf("statement"));
    const read = new Map(graph).set(digestOf("statement"), plain as never);
    expect(plan(read).undecided).toEqual([]);
    expect(plan(read).remove.map(({ version }) => version.digest)).toEqual(["closed", "statement"].map(digestOf));
  });
});
