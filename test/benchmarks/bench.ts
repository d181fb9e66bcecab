/**
 * Measures the figures Longshore promises: `pnpm bench`. Prints a table, exits 1 when a limit is broken.
 * `--json` prints the figures as JSON; `--write` keeps them in docs/benchmarks.md; `--quick` leaves out the main job.
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
import { measureStepStarts } from "./step-starts.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean" }, write: { type: "boolean" }, quick: { type: "boolean" } },
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

function document(figures: readonly Figure[]): string {
  const [head = [], ...rows] = rowsOf(figures);
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  return `# Benchmarks

Written by \`pnpm bench --write\`, which measures all of it in one run: medians of several rounds, on ${machine()}.
Figures marked as published were measured by others' means on a machine of the same kind; everything else was measured here.

${table}

- A step's start is its bundle in a process of its own, up to its first sentence, against Node that does nothing.
- \`plan-image\` is the whole step, with its API calls to a server on loopback.
- The main job is the rehearsal's: our workflow file, a real BuildKit, a registry on loopback, two platforms, the second by
  emulation where the machine has one kind of processor. Set-up of checkout, login and Buildx is not ours and not counted.
- "In sum" counts every job's steps one after the other, although the two build jobs run side by side.
`;
}

const figures = [
  ...measureStepStarts(),
  measureBundles(),
  ...(await measurePlanRuns()),
  ...(values.quick ? [] : await measureMainJob()),
];
process.stdout.write(
  values.json ? `${JSON.stringify({ machine: machine(), figures }, null, 2)}\n` : `${textTable(figures)}\n`,
);
if (values.write) writeFileSync(join(root, "docs/benchmarks.md"), document(figures));
if (figures.some(({ kept }) => !kept)) process.exitCode = 1;
