/**
 * Measures the figures Longshore promises: `pnpm bench`. Prints a table, exits 1 when a limit is broken.
 * `--json` prints the figures as JSON; `--write` keeps them in docs/benchmarks.md; `--quick` leaves out the main job and the prune;
 * `--full` adds the prune of 20,000 images, some three minutes.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../contracts/workflow-files.ts";
import { measureBundles } from "./bundle-size.ts";
import type { Figure } from "./figure.ts";
import { measureMainJob } from "./main-job.ts";
import { measurePlanRuns } from "./plan-runs.ts";
import { measureDeletes, measurePrunePlans, watchedSeconds } from "./prune-runs.ts";
import { measureStepStarts } from "./step-starts.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    write: { type: "boolean" },
    quick: { type: "boolean" },
    full: { type: "boolean" },
  },
});

function machine(): string {
  return `${process.platform} ${process.arch}, ${cpus().length} processors, Node ${process.versions.node}`;
}

function rowsOf(figures: readonly Figure[]): readonly (readonly string[])[] {
  const head = ["", "measured", "compared with", "limit", "kept"];
  return [
    head,
    ...figures.map(({ name, measured, baseline, limit, kept }) => [name, measured, baseline, limit, kept ? "✓" : "✗"]),
  ];
}

function textTable(figures: readonly Figure[]): string {
  const rows = rowsOf(figures).map((row) => row.map((cell) => cell.replaceAll("`", "")));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function markdownTable(figures: readonly Figure[]): string {
  const [head = [], ...rows] = rowsOf(figures);
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function document(build: readonly Figure[], prune: readonly Figure[]): string {
  return `# Benchmarks

Written by \`pnpm bench --write --full\`, which measures all of it in one run, on ${machine()}.
Figures marked as published were measured by others' means on a machine of the same kind; everything else was measured here.

## Build

${markdownTable(build)}

- Medians of several rounds.
- A step's start is its bundle in a process of its own, up to its first sentence, against Node that does nothing.
- \`plan-image\` is the whole step, with its API calls to a server on loopback.
- The main job is the rehearsal's: our workflow file, a real BuildKit, a registry on loopback, two platforms, the second by
  emulation where the machine has one kind of processor. Set-up of checkout, login and Buildx is not ours and not counted.
- "In sum" counts every job's steps one after the other, although the two build jobs run side by side.

## Prune

Compared with dataaxiom/ghcr-cleanup-action v1.2.1 on a package of the same shape.

${markdownTable(prune)}

- The step runs as a process against a server on loopback that takes 20 ms for each answer, once without and once with what the first
  run kept. Both are dry runs: all that comes before the first delete, the report included.
- Each image is an index over two platforms and their attestations. 58 % of the images may go; there are three untagged ones to ten
  with a tag. Of 100 images one has a platform with a tag of its own, and one is an index in an index.
- What stays is found by walking from the tags, without the code that is measured.
- A manifest is read once: those with a tag, those in no index, and the indexes in an index.
- A prune of 1,000 images is killed after ${watchedSeconds} seconds. The first 25 deletes come at once; the figure is the pace after them.
- GitHub allows 900 points a minute: a read of the API is 1, a delete 5; reads of the registry are not among them. From 85,000 versions
  on the listing alone fills a minute, and everybody has to wait for the next.
`;
}

const build = [
  ...measureStepStarts(),
  measureBundles(),
  ...(await measurePlanRuns()),
  ...(values.quick ? [] : await measureMainJob()),
];
const prune = values.quick
  ? []
  : [...(await measurePrunePlans(values.full ? [1000, 5000, 20_000] : [1000, 5000])), await measureDeletes()];
const figures = [...build, ...prune];
const tables = [build, prune].filter((table) => table.length > 0).map((table) => `${textTable(table)}\n`);
process.stdout.write(values.json ? `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n` : tables.join("\n"));
if (values.write) writeFileSync(join(root, "docs/benchmarks.md"), document(build, prune));
if (figures.some(({ kept }) => !kept)) process.exitCode = 1;
