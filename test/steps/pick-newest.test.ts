import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runBundle } from "../../tools/run-bundle.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "longshore-artifacts-"));
});
afterEach(() => rmSync(path, { recursive: true }));

function put(file: string, content: string): void {
  const [folder = "", name] = file.split("/");
  if (name !== undefined) mkdirSync(join(path, folder), { recursive: true });
  writeFileSync(join(path, file), content);
}

const pick = (attempt: number) =>
  runBundle("pick-newest", { inputs: { path }, env: { GITHUB_RUN_ATTEMPT: String(attempt) } });

const files = () =>
  Object.fromEntries(
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(path, name), "utf8")]),
  );

test("takes of each name the newest attempt, as a number", async () => {
  for (const attempt of [2, 10, 9]) put(`scan-app-linux-amd64-${attempt}/amd64.json`, `of ${attempt}`);
  put("scan-app-linux-386-1/386.json", "of 1");
  const run = await pick(10);
  expect(run.errors).toEqual([]);
  expect(files()).toEqual({ "amd64.json": "of 10", "386.json": "of 1" });
  expect(run.outputs.artifacts?.split("\n").sort()).toEqual(["scan-app-linux-386-1", "scan-app-linux-amd64-10"]);
});

test("leaves a single artifact, which lies in the folder itself, and an empty folder as they are", async () => {
  expect((await pick(1)).exitCode).toBe(0);
  put("amd64.json", "single");
  const run = await pick(3);
  expect([run.exitCode, run.outputs, files()]).toEqual([0, { artifacts: "" }, { "amd64.json": "single" }]);
});

test("takes nothing of an attempt that is still to come, and says so", async () => {
  put("scan-app-1/amd64.json", "of 1");
  put("scan-app-99/amd64.json", "forged");
  const run = await pick(2);
  expect(files()).toEqual({ "amd64.json": "of 1" });
  expect(run.warnings).toEqual([expect.stringContaining("scan-app-99")]);
});

test("refuses two artifacts with a file of one name", async () => {
  put("scan-app-linux-amd64-1/amd64.json", "its own");
  put("scan-app-linux-arm64-1/amd64.json", "forged");
  const run = await pick(1);
  expect([run.exitCode, run.errors]).toEqual([1, [expect.stringContaining('hold a file "amd64.json"')]]);
});

test("takes nothing where nothing was kept, and says where no folder is", async () => {
  expect((await runBundle("pick-newest", { inputs: { path: join(path, "none") } })).exitCode).toBe(0);
  put("file", "");
  const run = await runBundle("pick-newest", { inputs: { path: join(path, "file") } });
  expect([run.exitCode, run.errors]).toEqual([1, [expect.stringMatching(/`path` .*no folder/u)]]);
});
