import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { outliveReaders } from "../../scripts/lib/step/outlive-readers.ts";
import { formatTextTable } from "../../scripts/lib/step/summary.ts";
import { root } from "../workflows/workflow-files.ts";
import { machine, rowsOf, writeDocument } from "./benchmark-document.ts";
import type { Figure } from "./figure.ts";
import { type Section, sections } from "./sections.ts";

const usage = `Usage: pnpm bench [options]

Measures the figures Longshore promises, prints tables, and exits with 1 when a limit is broken.

  --only <table>  ${sections.map(({ name }) => name).join(" or ")}
  --quick         leave out what takes minutes
  --full          add the prune of 20,000 images, some three minutes
  --write         keep the figures in docs/benchmarks.md
  --json          print the figures as JSON
  --help          this text
`;

outliveReaders();
const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    json: { type: "boolean" },
    write: { type: "boolean" },
    only: { type: "string" },
    quick: { type: "boolean" },
    full: { type: "boolean" },
  },
});

function textTable(figures: readonly Figure[]): string {
  return formatTextTable(rowsOf(figures).map((row) => row.map((cell) => cell.replaceAll("`", ""))));
}

if (values.help) {
  process.stdout.write(usage);
  process.exit();
}

const depth = values.quick ? "quick" : values.full ? "full" : "usual";
const names = sections.map(({ name }) => name);
if (values.only !== undefined && !names.includes(values.only)) {
  throw new Error(`--only is ${JSON.stringify(values.only)}: use one of ${names.join(", ")}.`);
}

const measured: { readonly section: Section; readonly figures: readonly Figure[] | undefined }[] = [];
for (const section of sections) {
  const asked = values.only === undefined || values.only === section.name;
  const figures = asked ? await section.measure(depth) : [];
  if (figures.length > 0 && !values.json) process.stdout.write(`${section.title}\n\n${textTable(figures)}\n\n`);
  measured.push({ section, figures: figures.length > 0 ? figures : undefined });
}
const figures = measured.flatMap((one) => one.figures ?? []);
if (values.json) process.stdout.write(`${JSON.stringify({ machine: machine(), figures }, null, 2)}\n`);
if (values.write) {
  const path = join(root, "docs/benchmarks.md");
  writeFileSync(path, writeDocument(measured, readFileSync(path, "utf8")));
}
if (figures.some(({ kept }) => !kept)) process.exitCode = 1;
