/**
 * Writes the bundles of all steps into scripts/dist, which is committed: a runner executes it as it is. `--check` writes
 * nothing and fails where the committed files differ from what would be written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleSteps, dist } from "./bundle-steps.ts";

function readCommitted(): ReadonlyMap<string, string> {
  const names = existsSync(dist) ? readdirSync(dist).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(dist, name), "utf8")]));
}

const built = await bundleSteps();
const committed = readCommitted();
const changed = [...built].filter(([name, text]) => committed.get(name) !== text).map(([name]) => name);
const stale = [...committed.keys()].filter((name) => !built.has(name));

if (process.argv.includes("--check")) {
  for (const name of changed) console.error(`scripts/dist/${name} is not what the sources give`);
  for (const name of stale) console.error(`scripts/dist/${name} belongs to no step any more`);
  if (changed.length + stale.length > 0) {
    console.error("Run `pnpm build` and commit scripts/dist.");
    process.exitCode = 1;
  }
} else {
  mkdirSync(dist, { recursive: true });
  for (const name of changed) writeFileSync(join(dist, name), built.get(name) ?? "");
  for (const name of stale) rmSync(join(dist, name));
  const kilobytes = [...built.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1000;
  console.log(
    `scripts/dist: ${built.size} files, ${Math.round(kilobytes)} kB; ${changed.length} changed, ${stale.length} removed`,
  );
}
