import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workflows/workflow-files.ts";
import type { Figure } from "./figure.ts";

const limit = 2_000_000;

/** All bundles together, as a job downloads them with the repository. */
export function measureBundles(): Figure {
  const folder = join(root, "scripts/dist");
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return {
    name: "bundles together",
    measured: `${(bytes / 1000).toFixed(0)} kB`,
    baseline: "docker/github-builder installs 190 MB in each of 4 jobs (published)",
    limit: "2 MB",
    kept: bytes < limit,
  };
}
