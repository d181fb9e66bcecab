import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkout } from "../../rehearsal/stand-ins/checkout.ts";
import { downloadArtifact } from "../../rehearsal/stand-ins/download-artifact.ts";
import { uploadArtifact } from "../../rehearsal/stand-ins/upload-artifact.ts";
import { tryWorkflow } from "./try-workflow.ts";

const folder = mkdtempSync(join(tmpdir(), "longshore-stand-ins-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const steps = (text: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${text.trimEnd().replace(/^/gm, "      ")}\n`;

describe("artifacts", () => {
  const trial = (text: string) =>
    tryWorkflow({ standIns: [uploadArtifact, downloadArtifact()], files: { "entry.yml": steps(text) } });

  test("come back as they were, several paths below the folder they share", async () => {
    const { printed } = await trial(`
- run: mkdir -p out/deep && echo one > out/a.txt && echo two > out/deep/b.txt
- uses: actions/upload-artifact@0
  with: { name: pair, path: "out/a.txt\\nout/deep/b.txt" }
- uses: actions/download-artifact@0
  with: { name: pair, path: back }
- run: cat back/a.txt back/deep/b.txt
`);
    expect(printed.slice(-2)).toEqual(["one", "two"]);
  });

  test("of one folder hold what lies in it, not the folder", async () => {
    const { printed } = await trial(`
- run: mkdir -p out/deep && echo two > out/deep/b.txt
- uses: actions/upload-artifact@0
  with: { name: folder, path: out }
- uses: actions/download-artifact@0
  with: { name: folder, path: back }
- run: cat back/deep/b.txt
`);
    expect(printed.at(-1)).toBe("two");
  });

  test("of the same name are refused, unless they may overwrite", async () => {
    const twice = (more: string) => `
- run: echo one > a.txt
- uses: actions/upload-artifact@0
  with: { name: same, path: a.txt }
- uses: actions/upload-artifact@0
  with: { name: same, path: a.txt ${more} }
`;
    expect((await trial(twice(""))).results.a).toBe("failure");
    expect((await trial(twice(", overwrite: true"))).results.a).toBe("success");
  });

  test("that do not exist are an error only where that is asked", async () => {
    const missing = (more: string) => `- { uses: actions/upload-artifact@0, with: { path: none ${more} } }`;
    expect((await trial(missing(""))).results.a).toBe("success");
    expect((await trial(missing(", if-no-files-found: error"))).results.a).toBe("failure");
  });
});

test("a checkout holds the commit that was asked for, also one that no branch names", async () => {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      encoding: "utf8",
    }).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("config", "uploadpack.allowAnySHA1InWant", "true");
  writeFileSync(join(folder, "text"), "old");
  git("add", ".");
  git("commit", "--quiet", "-m", "old");
  const old = git("rev-parse", "HEAD");
  writeFileSync(join(folder, "text"), "new");
  git("commit", "--quiet", "--all", "--amend", "-m", "new");
  const { printed } = await tryWorkflow({
    standIns: [checkout({ "acme/app": folder })],
    files: {
      "entry.yml": steps(
        `- { uses: actions/checkout@0, with: { ref: ${old}, persist-credentials: false } }\n- run: cat text; echo; git rev-parse HEAD`,
      ),
    },
  });
  expect(printed.slice(-2)).toEqual(["old", old]);
});
