import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { StepFailure } from "../runner/refusal.ts";
import { runProcess } from "../runner/run-process.ts";
import type { StandIn, StandInStep } from "../runner/stand-in.ts";

/** actions/checkout: fetches a ref of a real git repository into the workspace. */
export function checkout(repositories: Readonly<Record<string, string>>): StandIn {
  return {
    action: "actions/checkout",
    inputs: {
      repository: "",
      ref: "",
      path: "",
      token: "",
      "persist-credentials": "true",
      submodules: "false",
      "fetch-depth": "1",
      "fetch-tags": "false",
    },
    async run(step) {
      const name = step.inputs.repository || (step.env.GITHUB_REPOSITORY ?? "");
      const source = repositories[name];
      if (source === undefined) throw new StepFailure(`The rehearsal has no repository ${name} to check out.`);
      const ref = step.inputs.ref || (step.env.GITHUB_SHA ?? "");
      const folder = join(step.env.GITHUB_WORKSPACE ?? "", step.inputs.path ?? "");
      await mkdir(folder, { recursive: true });
      const git = (...args: readonly string[]): Promise<void> => runGit(step, folder, args);
      await git("init", "--quiet", ".");
      await git("remote", "add", "origin", pathToFileURL(source).href);
      const depth = step.inputs["fetch-depth"] === "0" ? [] : [`--depth=${step.inputs["fetch-depth"]}`];
      const tags = step.inputs["fetch-tags"] === "true" ? "--tags" : "--no-tags";
      await git("fetch", "--quiet", tags, ...depth, "origin", "--", ref);
      await git("checkout", "--quiet", "--detach", "FETCH_HEAD");
      if (step.inputs.submodules === "true") await git("submodule", "--quiet", "update", "--init");
      if (step.inputs.submodules === "recursive") await git("submodule", "--quiet", "update", "--init", "--recursive");
      step.print(`${name} at ${ref}`);
      return { outputs: { ref: step.inputs.ref ?? "", commit: ref } };
    },
  };
}

async function runGit(step: StandInStep, folder: string, args: readonly string[]): Promise<void> {
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    step.print(line);
  };
  const code = await runProcess({ program: "git", args, cwd: folder, env: step.env, onLine, signal: step.signal });
  if (code !== 0) throw new StepFailure(`git ${args[0]} failed: ${lines.join(" ") || `exit code ${code}`}`);
}
