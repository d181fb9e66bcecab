import { cp, mkdir, rm, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/** actions/upload-artifact: keeps files in a folder of the run, named as the artifact. */
export const uploadArtifact: StandIn = {
  action: "actions/upload-artifact",
  inputs: {
    name: "artifact",
    path: "",
    "if-no-files-found": "warn",
    "retention-days": "",
    "compression-level": "6",
    overwrite: "false",
    "include-hidden-files": "false",
  },
  async run(step) {
    const { name = "", path = "" } = step.inputs;
    if (name === "" || /["':<>|*?\r\n\\/]/.test(name))
      throw new StepFailure(`The artifact name is not valid: ${name}.`);
    const asked = path
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    if (asked.some((line) => /[*?[\]!]/.test(line))) {
      throw new StepFailure("The rehearsal's upload-artifact takes paths without patterns.");
    }
    const found: string[] = [];
    for (const line of asked) {
      const file = resolve(step.env.GITHUB_WORKSPACE ?? "", line);
      if (await exists(file)) found.push(file);
    }
    if (found.length === 0) {
      const sentence = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
      if (step.inputs["if-no-files-found"] === "error") throw new StepFailure(sentence);
      step.print(sentence);
      return {};
    }
    const folder = join(step.artifacts, name);
    if (await exists(folder)) {
      if (step.inputs.overwrite !== "true") {
        throw new StepFailure(
          "Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists on the workflow run",
        );
      }
      await rm(folder, { recursive: true });
    }
    // Several paths keep their place below the folder they share; of one folder it is what lies in it.
    const only = found.length === 1 ? found[0] : undefined;
    const shared =
      only !== undefined && (await stat(only)).isDirectory() ? only : found.map(dirname).reduce(commonFolder);
    for (const file of found) {
      const target = join(folder, relative(shared, file));
      await mkdir(dirname(target), { recursive: true });
      await cp(file, target, { recursive: true });
    }
    step.print(`Artifact ${name} holds ${found.length} ${found.length === 1 ? "path" : "paths"}.`);
    return { outputs: { "artifact-id": name } };
  },
};

function commonFolder(one: string, other: string): string {
  let folder = one;
  while (isOutside(relative(folder, other))) folder = dirname(folder);
  return folder;
}

function isOutside(path: string): boolean {
  return path.startsWith("..") || isAbsolute(path);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
