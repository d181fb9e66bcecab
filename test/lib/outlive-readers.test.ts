import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nodePath } from "../../tools/run-bundle.ts";
import { root } from "../../tools/workflows/workflow-files.ts";

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
const bundle = (step: string) => join(root, `scripts/dist/${step}.js`);

/** Runs a command whose standard output was closed by its reader, as `… | head -c 0` does. */
async function runUnread(args: readonly string[]): Promise<{ readonly exitCode: unknown; readonly stderr: string }> {
  const child = spawn(nodePath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [exitCode] = await once(child, "close");
  return { exitCode, stderr };
}

it.each([
  ["rehearse --list --json", [tsx, "rehearsal/rehearse.ts", "--list", "--json"]],
  ["rehearse --help", [tsx, "rehearsal/rehearse.ts", "--help"]],
  ["diagnose --help", [bundle("diagnose"), "--help"]],
  ["prune-images --help", [bundle("prune-images"), "--help"]],
  ["find-image --help", [bundle("find-image"), "--help"]],
  ["plan-image --help", [bundle("plan-image"), "--help"]],
])("%s ends quietly and well where nobody reads on", async (_, args) => {
  expect(await runUnread(args)).toEqual({ exitCode: 0, stderr: "" });
});

it("a step that fails then says so by its exit code", async () => {
  expect(await runUnread([bundle("find-image"), "--nonsense", "1"])).toEqual({ exitCode: 1, stderr: "" });
});
