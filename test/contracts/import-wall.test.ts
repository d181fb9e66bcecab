import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFromRoot, root } from "../../tools/workflows/workflow-files.ts";
import { wallProblems } from "./import-wall.ts";

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`);
}

test.each(["packages", "scripts", "doubles", "rehearsal", "tools"])(
  "every file of %s stays on its side of the wall",
  (folder) => {
    const sources = sourcesIn(folder);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((path) => wallProblems(path, readFromRoot(path)))).toEqual([]);
  },
);

test.each([
  ["packages/tagging", "@actions/core"],
  ["packages/tagging", "zx"],
  ["packages/tagging", "@longshore/publishing"],
  ["packages/publishing", "@actions/core"],
  ["packages/publishing", "@octokit/core"],
  ["packages/publishing", "zx"],
  ["packages/cleanup", "@actions/core"],
  ["packages/cleanup", "@longshore/publishing"],
  ["packages/cleanup", "@octokit/rest"],
  ["packages/guard", "@actions/core"],
  ["packages/guard", "@longshore/publishing"],
  ["scripts", "vitest"],
])("from %s, %s does not resolve", (room, name) => {
  const resolve = `import.meta.resolve(${JSON.stringify(name)})`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", resolve], {
    cwd: join(root, room),
    encoding: "utf8",
  });
  expect({ status, found: !stderr.includes("ERR_MODULE_NOT_FOUND") }).toEqual({ status: 1, found: false });
});

test("the root has no runtime dependency, which is what keeps them from resolving", () => {
  expect(JSON.parse(readFromRoot("package.json"))).not.toHaveProperty("dependencies");
});

describe("the wall is broken by", () => {
  test.each([
    ["a built-in of Node in the core", "packages/tagging/src/a.ts", `import fs from "node:fs";`, "imports node:fs"],
    ["a built-in without its prefix", "packages/tagging/src/a.ts", `import { readFileSync } from "fs";`, "imports fs"],
    [
      "an adapter in the core",
      "packages/publishing/src/a.ts",
      `import { x } from "../../../scripts/lib/http/retry.ts";`,
      "retry.ts",
    ],
    [
      "tagging that knows publishing",
      "packages/tagging/src/a.ts",
      `export * from "@longshore/publishing";`,
      "imports @longshore",
    ],
    [
      "another package by its path",
      "packages/publishing/src/a.ts",
      `import "../../tagging/src/index.ts";`,
      "tagging/src",
    ],
    ["a lazy import", "packages/tagging/src/a.ts", `const x = await import("zx");`, "imports zx"],
    [
      "a step that imports a step",
      "scripts/plan-image/main.ts",
      `import { x } from "../publish-index/x.ts";`,
      "publish-index",
    ],
    ["lib that imports a step", "scripts/lib/step/a.ts", `import { x } from "../../plan-image/x.ts";`, "plan-image"],
    ["a room of lib that looks up", "scripts/lib/http/a.ts", `import { x } from "../github/api.ts";`, "github/api"],
    ["a double that knows the rehearsal", "doubles/a.ts", `import { x } from "../rehearsal/stage.ts";`, "stage"],
    ["a rehearsal that knows a test", "rehearsal/a.ts", `import { x } from "../test/steps/x.ts";`, "test/steps"],
    ["a test library in a step", "scripts/plan-image/main.ts", `import { x } from "vitest";`, "imports vitest"],
    ["the clock", "packages/tagging/src/a.ts", "const now = Date.now();", "reaches for Date.now"],
    ["today", "packages/tagging/src/a.ts", "const now = new Date();", "reaches for new Date()"],
    ["the environment", "packages/tagging/src/a.ts", "const x = process.env.HOME;", "reaches for process"],
    ["chance", "packages/tagging/src/a.ts", "const x = Math.random();", "reaches for Math.random"],
    ["the network", "packages/tagging/src/a.ts", "await fetch(url);", "reaches for fetch"],
  ])("%s", (_name, path, text, problem) => {
    expect(wallProblems(path, text).join("\n")).toContain(problem);
  });

  test.each([
    [
      "an import over several lines",
      "scripts/plan-image/main.ts",
      `import {\n  readText,\n} from "../lib/step/inputs.ts";`,
    ],
    ["a date from an argument", "packages/tagging/src/a.ts", "const day = new Date(now);"],
    ["a comment that speaks of process.env", "packages/tagging/src/a.ts", "// process.env is not read here"],
  ])("but not by %s", (_name, path, text) => {
    expect(wallProblems(path, text)).toEqual([]);
  });
});
