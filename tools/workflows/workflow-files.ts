import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Text of a file of this repository. Throws when it does not exist. */
export type ReadFile = (path: string) => string;

export const readFromRoot: ReadFile = (path) => readFileSync(join(root, path), "utf8");

function yamlFilesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Paths of every workflow of this repository. */
export const workflowPaths: readonly string[] = yamlFilesIn(".github/workflows");

/** Paths of the callers that product repositories copy. */
export const examplePaths: readonly string[] = yamlFilesIn("examples");

/** Paths of the workflows that product repositories call; `self-*` serve this repository, `_*` only other workflows. */
export const productPaths: readonly string[] = workflowPaths.filter((path) => !/\/(self-|_)/.test(path));

/** Names of the steps: the folders under `scripts` that hold an `action.yml`. */
export const stepNames: readonly string[] = readdirSync(join(root, "scripts"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(root, "scripts", entry.name)).includes("action.yml"))
  .map((entry) => entry.name)
  .sort();
