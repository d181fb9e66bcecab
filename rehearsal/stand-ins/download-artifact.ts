import { cp, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/**
 * actions/download-artifact: brings back what upload-artifact kept in the same run, or in the one that `run-id` names.
 * @param ofRun folder of an earlier run's artifacts; undefined where there is no such run
 */
export function downloadArtifact(ofRun: (runId: string) => string | undefined = () => undefined): StandIn {
  return {
    action: "actions/download-artifact",
    inputs: {
      name: "",
      "artifact-ids": "",
      path: "",
      pattern: "",
      "merge-multiple": "false",
      "run-id": "",
      "github-token": "",
    },
    async run(step) {
      const { path = "", pattern = "", "run-id": runId = "" } = step.inputs;
      // What uploads an artifact here gives it its name for a number.
      const name = step.inputs.name || step.inputs["artifact-ids"] || "";
      // Without a token GitHub's action takes no notice of `run-id`.
      if (runId !== "" && step.inputs["github-token"] === "") throw new StepFailure("run-id wants a github-token.");
      const source = runId === "" ? step.artifacts : ofRun(runId);
      if (source === undefined) throw new StepFailure(`Unable to download artifact(s): there is no run ${runId}.`);
      const target = resolve(step.env.GITHUB_WORKSPACE ?? "", path);
      const kept = await readdir(source).catch((): readonly string[] => []);
      if (name !== "" && !kept.includes(name)) {
        throw new StepFailure(`Unable to download artifact(s): Artifact not found for name: ${name}`);
      }
      const chosen = name === "" ? kept.filter((artifact) => pattern === "" || matches(artifact, pattern)) : [name];
      // A single one lies in the folder itself, as do all with `merge-multiple`; else each has a folder of its own.
      const flat = name !== "" || (pattern !== "" && chosen.length === 1) || step.inputs["merge-multiple"] === "true";
      await mkdir(target, { recursive: true });
      for (const artifact of chosen) {
        await cp(join(source, artifact), flat ? target : join(target, artifact), { recursive: true });
        step.print(`Artifact ${artifact} is in ${target}.`);
      }
      return { outputs: { "download-path": target } };
    },
  };
}

/** A pattern with `*`. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
