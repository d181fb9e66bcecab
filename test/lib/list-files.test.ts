import { globSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFiles } from "../../scripts/lib/scans/list-files.ts";

const files = [
  ...["scan/amd64.report.json", "scan/arm64.report.json", "scan/amd64.baseline.json", "scan/.hidden.json"],
  ...["scan/deep/er/x.report.json", "scan/deep/y.json", "scan/.secret/z.json", "other/x.json", "top.json"],
  ...["odd/a+b (1).json", "odd/[x].json", "odd/ä.json", "odd/10.json"],
];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "longshore-files-"));
  for (const file of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), "{}");
  }
  symlinkSync(join(folder, "scan"), join(folder, "linked"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const list = (...patterns: readonly string[]) =>
  listFiles(patterns.map((pattern) => join(folder, pattern))).map((path) => path.slice(folder.length + 1));

describe("a glob finds what Node's own finds", () => {
  it.each([
    ...[
      "scan/*.report.json",
      "scan/*",
      "*/*.json",
      "*.json",
      "**/*.json",
      "scan/**/*.report.json",
      "**/deep/**/*.json",
    ],
    ...[
      "scan/a??64.report.json",
      "scan/a[mr]*.json",
      "odd/[0-9]*.json",
      "odd/[!0-9a]*.json",
      "odd/a+b (1).*",
      "odd/?.json",
    ],
    ...["{scan,other}/*.json", "scan/{amd64,arm64}.{report,baseline}.json", "{scan/deep,other}/*.json", "scan/.*.json"],
    ...["linked/*.report.json", "none/*.json", "top.json/*", "scan/[z-a].json", "**", "scan/**"],
  ])("%s", (pattern) => {
    const theirs = globSync(join(folder, pattern)).filter((path) => statSync(path).isFile());
    expect(list(pattern)).toEqual(theirs.map((path) => path.slice(folder.length + 1)).sort());
  });
});

it("a path that is there is taken as it is, and each file once", () => {
  expect(list("odd/[x].json", "scan/amd64.*.json", "scan/*.report.json")).toEqual([
    ...["odd/[x].json", "scan/amd64.baseline.json", "scan/amd64.report.json", "scan/arm64.report.json"],
  ]);
});

it("a relative pattern starts where the process works", () => {
  expect(listFiles(["./packages/guard/package.jso?"])).toEqual(["packages/guard/package.json"]);
});
