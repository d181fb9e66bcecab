import { readdirSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "scslre";
import { describe, expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { readFromRoot, root } from "../../tools/workflows/workflow-files.ts";

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** What the caller writes in the caller's own job: only the caller waits for it. */
const ofTheCaller = new Set([
  "packages/publishing/src/build/build-inputs.ts", // lines of an input as CSV
  "scripts/lib/scans/list-files.ts", // patterns of an input
]);

function patternsIn(text: string): readonly Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("regex" in node && node.regex !== null) {
      const { pattern, flags } = node.regex as { readonly pattern: string; readonly flags: string };
      found.push({ source: pattern, flags });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: "ts" }));
  return found;
}

function slowIn(text: string): readonly string[] {
  return patternsIn(text)
    .filter((pattern) => analyse(pattern, { reportTypes: { Move: true } }).reports.length > 0)
    .map(({ source }) => source);
}

describe("foreign text is matched in a time that grows with its length only", () => {
  test.each(["packages", "scripts"])("by every pattern of %s", (folder) => {
    const sources = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !/(^|\/)(node_modules|dist)\//.test(name))
      .map((name) => `${folder}/${name}`);
    const slow = sources.map((path) => [path, slowIn(readFromRoot(path))] as const).filter(([, all]) => all.length > 0);
    expect(sources.flatMap((path) => patternsIn(readFromRoot(path))).length).toBeGreaterThan(20);
    expect(slow.filter(([path]) => !ofTheCaller.has(path))).toEqual([]);
  });

  test.each([
    ["of a page", "/<[^>]*>/gu", "<[^>]*>"],
    ["nested", "/^(?:a+)+$/", "^(?:a+)+$"],
    ["side by side", "/^\\s*\\d*\\s*x?\\s*$/", "^\\s*\\d*\\s*x?\\s*$"],
    ["that looks for an end", "/-+$/", "-+$"],
  ])("which one %s is not", (_, pattern, source) => {
    expect(slowIn(`export const pattern: RegExp = ${pattern};`)).toEqual([source]);
  });
});
