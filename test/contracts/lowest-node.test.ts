import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { readFromRoot, root } from "../../tools/workflows/workflow-files.ts";

/**
 * What Node 20.19, which commands for people run on, has not. The language's own are refused by `lib` of tsconfig.json too, but
 * Node's are in its types. https://nodejs.org/docs/latest-v20.x/api/
 */
const newer = [
  /\b(?:Object|Map)\.groupBy\b/,
  /\bArray\.fromAsync\b/,
  /\bPromise\.(?:withResolvers|try)\b/,
  /\bRegExp\.escape\b/,
  /\bError\.isError\b/,
  /\bIterator\.(?:from|concat)\b/,
  /\bUint8Array\.from(?:Base64|Hex)\b/,
  /\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  /\.(?:values|keys|entries)\(\)\s*\.(?:map|filter|flatMap|some|every|find|reduce|forEach|take|drop|toArray)\(/,
  /\b(?:globSync|mkdtempDisposable(?:Sync)?)\b|\bglob\b(?=[^;"']*\}\s*from\s*"node:fs)/,
  /\bmatchesGlob\b/, // Still an experiment there, which warns.
  /"node:(?:sqlite|test\/reporters)"/,
  /\bIntl\.DurationFormat\b/,
  /\bimport\.meta\.main\b/,
  /\b(?:zstd(?:Compress|Decompress)|createZstd)/,
];

function newerNames(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
  return newer.flatMap((pattern) => pattern.exec(code)?.[0] ?? []);
}

test.each(["packages", "scripts"])("no source in %s needs more than the lowest Node that is promised", (folder) => {
  const sources = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`);
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap((path) => newerNames(readFromRoot(path)).map((name) => `${path}: ${name}`))).toEqual([]);
});

describe("too new is", () => {
  it.each([
    "const a = Object.groupBy(items, keyOf);",
    "const a = Map.groupBy(items, keyOf);",
    "const a = await Array.fromAsync(items);",
    "const { promise } = Promise.withResolvers();",
    "const a = one.union(other);",
    "const a = map.values()\n    .filter(isGood);",
    'import { existsSync, globSync } from "node:fs";',
    'import { glob } from "node:fs/promises";',
  ])("%s", (code) => expect(newerNames(code)).toHaveLength(1));

  it.each(["// Object.groupBy would do", "const a = [...map.values()].filter(isGood);", "const glob = 1;"])(
    "but not %s",
    (code) => expect(newerNames(code)).toEqual([]),
  );
});

test("package.json, the bundles and the documents promise the same Node", () => {
  const promised = /"node": ">=(\d+\.\d+)"/.exec(readFromRoot("package.json"))?.[1] ?? "";
  expect(promised).not.toBe("");
  expect(readFromRoot("scripts/bundle-steps.ts")).toContain(`target: "node${promised}"`);
  for (const path of ["README.md", "CONTRIBUTING.md"])
    expect(readFromRoot(path)).toContain(`Node ${promised} or newer`);
  const checkedWith = /node-version: (\S+)/.exec(readFromRoot(".github/workflows/self-check.yml"))?.[1];
  expect(checkedWith).toBe(promised);
});
