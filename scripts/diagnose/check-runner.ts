import { existsSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../lib/programs/run-program.ts";
import type { Environment } from "../lib/step/inputs.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** The first runner that resolves `$/` (https://github.blog/changelog, 2026-07-30). */
const oldest = "2.336.0";

/** What runs this job: nothing outside of GitHub Actions. */
export async function checkRunner(env: Environment): Promise<readonly Finding[]> {
  if (env.GITHUB_ACTIONS !== "true") return [];
  const what = [env.RUNNER_ENVIRONMENT, env.RUNNER_OS, env.RUNNER_ARCH].filter(Boolean).join(" ");
  return [judgeRunner(what, await readRunnerVersion(process.execPath))];
}

/** Whether a runner of this version (empty: unknown) can run Longshore's workflows. */
export function judgeRunner(what: string, version: string): Finding {
  const fix = `Longshore's workflows need ${oldest} or newer: let the runner update itself, or install a newer one.`;
  if (version === "") return warn("runner", `The version of this runner (${what}) cannot be told.`, fix);
  const told = `This runner (${what}) has version ${version}.`;
  return isOlder(version, oldest) ? fail("runner", told, fix) : ok("runner", told);
}

function isOlder(version: string, other: string): boolean {
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  for (const [place, number] of (right ?? []).entries()) {
    const difference = (left?.[place] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Actions run on the Node that lies in the runner's `externals`; its own programs lie in `bin` beside that. */
async function readRunnerVersion(node: string): Promise<string> {
  const [, root] = /^(.+)\/externals[^/]*\/[^/]+\/bin\/node$/u.exec(node) ?? [];
  if (root === undefined) return "";
  const listener = join(root, "bin", "Runner.Listener");
  if (!existsSync(listener)) return "";
  const { exitCode, stdout } = await runProgram(listener, ["--version"]);
  return exitCode === 0 ? (/(?<!\d)\d+\.\d+\.\d+/u.exec(stdout)?.[0] ?? "") : "";
}
