import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface FoundNode {
  readonly path: string;
  /** `20.19.4` */
  readonly version: string;
}

/** `20.19`: what package.json promises. */
export const promised = /"node": ">=(\d+\.\d+)"/.exec(readFileSync(join(root, "package.json"), "utf8"))?.[1] ?? "";

/** The machine's own Node of the promised line: on PATH, and not the newer one that this project brings along. */
export function findLowestNode(env: NodeJS.ProcessEnv): FoundNode | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "" && !folder.startsWith(root));
  const paths = [...new Set(folders.map((folder) => join(folder, "node")))].filter((path) => existsSync(path));
  const found = paths.map((path) => ({ path, version: versionOf(path) }));
  return found.find(({ version }) => isPromised(version));
}

function versionOf(path: string): string {
  try {
    return execFileSync(path, ["--version"], { encoding: "utf8" }).trim().replace(/^v/, "");
  } catch {
    return "";
  }
}

function isPromised(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [lowestMajor = 0, lowestMinor = 0] = promised.split(".").map(Number);
  return major === lowestMajor && minor >= lowestMinor;
}
