import { cp, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/** actions/download-artifact: brings back what upload-artifact kept in the same run. */
export const downloadArtifact: StandIn = {
  action: "actions/download-artifact",
  inputs: { name: "", path: "", "merge-multiple": "false" },
  async run(step) {
    const { name = "", path = "" } = step.inputs;
    const target = resolve(step.env.GITHUB_WORKSPACE ?? "", path);
    const kept = await readdir(step.artifacts).catch((): readonly string[] => []);
    if (name !== "" && !kept.includes(name)) {
      throw new StepFailure(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    }
    // One by name lies in the folder itself, as do all with `merge-multiple`; else each has a folder of its own.
    const flat = name !== "" || step.inputs["merge-multiple"] === "true";
    await mkdir(target, { recursive: true });
    for (const artifact of name === "" ? kept : [name]) {
      await cp(join(step.artifacts, artifact), flat ? target : join(target, artifact), { recursive: true });
      step.print(`Artifact ${artifact} is in ${target}.`);
    }
    return { outputs: { "download-path": target } };
  },
};
