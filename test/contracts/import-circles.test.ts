import { execFileSync } from "node:child_process";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { readFromRoot, root } from "../../tools/workflows/workflow-files.ts";
import { importsOf } from "./import-wall.ts";

const listed = execFileSync("git", ["-C", root, "ls-files", "-co", "--exclude-standard", "*.ts"], { encoding: "utf8" });
const sources = listed.split("\n").filter((path) => path !== "" && !path.startsWith("scripts/dist/"));

/** Every file and the files it imports, types included. */
function readImports(paths: readonly string[], read: (path: string) => string): ReadonlyMap<string, readonly string[]> {
  const known = new Set(paths);
  return new Map(
    paths.map((path) => {
      const found = importsOf(read(path)).filter((specifier) => specifier.startsWith("."));
      return [
        path,
        found.map((specifier) => normalize(join(dirname(path), specifier))).filter((each) => known.has(each)),
      ];
    }),
  );
}

/** The first way that leads from a file back to itself. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): readonly string[] | undefined => {
    const at = way.indexOf(path);
    if (at >= 0) return [...way.slice(at), path];
    if (done.has(path)) return undefined;
    for (const next of imports.get(path) ?? []) {
      const circle = visit(next, [...way, path]);
      if (circle !== undefined) return circle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const circle = visit(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

test("no file imports itself through others, not for its types either", () => {
  expect(findCircle(readImports(sources, readFromRoot))).toBeUndefined();
});

test("a circle is found", () => {
  const texts: Readonly<Record<string, string>> = {
    "a.ts": 'import { b } from "./b.ts";',
    "b.ts": 'import type { C } from "./c.ts";',
    "c.ts": 'export * from "./b.ts";',
  };
  expect(findCircle(readImports(Object.keys(texts), (path) => texts[path] ?? ""))).toEqual(["b.ts", "c.ts", "b.ts"]);
});
