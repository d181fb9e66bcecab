import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { nodePath } from "../../tools/run-bundle.ts";
import { productPaths, readFromRoot, root, stepNames } from "../../tools/workflows/workflow-files.ts";
import { readAction } from "../../tools/workflows/workflow-model.ts";

/** What a runner fetches for a `uses:` of ours: the archive of the commit, with the attributes of the working tree. */
const archive = execFileSync("git", ["-C", root, "archive", "--format=tar", "--worktree-attributes", "HEAD"], {
  maxBuffer: 2 ** 28,
});
const files = execFileSync("tar", ["-t"], { input: archive, encoding: "utf8" }).split("\n");

/** Kilobytes that the README says; below it by a fifth at most, so that it stays true. */
const stated = Number(/fetches (\d+) kB of this repository/.exec(readFromRoot("README.md"))?.[1]);

describe("the archive that a runner fetches", () => {
  test.each(stepNames)("holds the contract and the bundle of %s", (step) => {
    const { main } = readAction(readFromRoot(`scripts/${step}/action.yml`)).runs;
    expect(files).toContain(`scripts/${step}/action.yml`);
    expect(files).toContain(`scripts/${main.replace("../", "")}`);
  });

  test("holds the workflows and the licence, and nothing but these and the steps", () => {
    expect(files).toEqual(expect.arrayContaining(["LICENSE", ...productPaths]));
    const allowed =
      /^(?:LICENSE|\.github\/.*|scripts\/(?:package\.json)?|scripts\/dist\/.*|scripts\/[\w-]+\/(?:action\.yml)?)?$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });

  test("runs from where it is unpacked", () => {
    const folder = mkdtempSync(join(tmpdir(), "longshore-archive-"));
    try {
      execFileSync("tar", ["-x", "-C", folder], { input: archive });
      const run = spawnSync(nodePath, [join(folder, "scripts/dist/plan-image.js"), "--help"], { encoding: "utf8" });
      expect(run).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("name: Plan image") });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("is as small as the README says", () => {
    const kilobytes = gzipSync(archive).length / 1000;
    expect(kilobytes).toBeLessThanOrEqual(stated);
    expect(kilobytes).toBeGreaterThan(stated * 0.75);
  });
});
