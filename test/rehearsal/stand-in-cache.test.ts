import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cache } from "../../rehearsal/stand-ins/cache.ts";
import { downloadArtifact } from "../../rehearsal/stand-ins/download-artifact.ts";
import { tryWorkflow } from "./try-workflow.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "longshore-caches-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A run that looks what a cache brought and then writes into it. */
function trial(key: string, restoreKeys: string, script: string, mode?: string) {
  const text = `on: push
jobs:
  a:
    runs-on: x${mode === undefined ? "" : `\n    cache-mode: ${mode}`}
    steps:
      - id: cache
        uses: actions/cache@0
        with: { path: kept, key: "${key}", restore-keys: "${restoreKeys}" }
      - run: cat kept/* 2> /dev/null || true; mkdir -p kept; ${script}
`;
  return tryWorkflow({ standIns: [cache(folder)], files: { "entry.yml": text } });
}

describe("a cache", () => {
  test("comes back in the next run, the newest of the keys that begin alike", async () => {
    await trial("a-1", "a-", "echo one > kept/one");
    await trial("a-2", "a-", "echo two > kept/two");
    const { printed } = await trial("a-3", "b-\\na-", "true");
    expect(printed.slice(0, 3)).toEqual(["Cache restored from key a-2.", "one", "two"]);
  });

  test.each([
    ["none", "No cache for a-2.", "Cache restored from key a-1."],
    ["read", "Cache restored from key a-1.", "Cache restored from key a-1."],
    ["write-only", "No cache for a-2.", "Cache restored from key a-2."],
  ])("under cache-mode: %s gives and takes what that lets it", async (mode, restored, after) => {
    await trial("a-1", "a-", "echo one > kept/one");
    const { printed } = await trial("a-2", "a-", "echo two > kept/two", mode);
    expect(printed[0]).toBe(restored);
    expect((await trial("a-3", "a-", "true")).printed[0]).toBe(after);
  });

  test("of the very key is not written again", async () => {
    await trial("a-1", "", "echo one > kept/one");
    await trial("a-1", "", "echo two > kept/two");
    expect((await trial("a-1", "", "true")).printed.slice(0, 2)).toEqual(["Cache restored from key a-1.", "one"]);
  });

  test("is not kept by a job that failed", async () => {
    await trial("a-1", "", "false");
    expect((await trial("a-1", "", "true")).printed[0]).toBe("No cache for a-1.");
  });

  test("takes no comma in its key", async () => {
    expect((await trial("a,b", "", "true")).results.a).toBe("failure");
  });
});

test.each([
  ["7", "t", "success"],
  ["8", "t", "failure"],
  ["7", "", "failure"],
])("artifacts of run %s with the token %j: %s", async (run, token, result) => {
  const text = `on: push
jobs:
  a:
    runs-on: x
    steps:
      - uses: actions/download-artifact@0
        with: { path: back, run-id: "${run}", github-token: "${token}" }
`;
  const standIns = [downloadArtifact((id) => (id === "7" ? folder : undefined))];
  expect((await tryWorkflow({ standIns, files: { "entry.yml": text } })).results.a).toBe(result);
});
