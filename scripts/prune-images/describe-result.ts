import type { PlannedVersion } from "@longshore/cleanup";
import { formatSize } from "@longshore/publishing";
import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";
import { countVersions } from "./count-versions.ts";
import { isGone, nameVersion, type PackageResult, type PruneResult, type VersionOutcome } from "./prune-result.ts";

const mostShown = 100;

/** The result as Markdown for the job summary. */
export function summariseResult(result: PruneResult): string {
  const { dryRun, packages } = result;
  const counts = countVersions(result);
  const atLeast = packages.some(({ unmeasured }) => unmeasured > 0) ? "at least " : "";
  const verb = dryRun ? "would go" : "gone";
  const lines = [
    `## ${dryRun ? "Plan of a prune: nothing was changed" : "Pruned images"}\n`,
    `**${dryRun ? counts.planned : counts.removed}** versions ${verb}, **${counts.kept}** stay${dryRun ? "" : describeRest(counts)}; ${atLeast}${formatSize(counts.reclaimedBytes)} ${dryRun ? "would be freed" : "freed"}.\n`,
    ...packages.map((each) => summarisePackage(each, dryRun)),
    summariseRemovals(packages, dryRun),
  ];
  return lines.join("\n");
}

function describeRest({ failed, left }: { readonly failed: number; readonly left: number }): string {
  const parts = [failed > 0 ? `${failed} could not go` : "", left > 0 ? `${left} are left for the next run` : ""];
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? "" : `, ${told.join(", ")}`;
}

function summarisePackage(each: PackageResult, dryRun: boolean): string {
  const { image, kept, planned, ending, warnings, figures } = each;
  const classes = [...new Set([...planned, ...kept].map((item) => item.class))];
  const went = dryRun ? planned : planned.filter(isGone);
  const countOf = (items: readonly PlannedVersion[], name: string) =>
    items.filter((item) => item.class === name).length;
  const rows = classes.map((name) => {
    const goes = went.filter((item) => item.class === name).length;
    const freed = formatSize(each.bytesByClass[name] ?? 0);
    return [name, String(countOf(kept, name)), String(goes), String(countOf(planned, name) - goes), freed];
  });
  const left = String(planned.length - went.length);
  const total = ["**all**", String(kept.length), String(went.length), left, formatSize(each.reclaimedBytes)];
  const table = formatMarkdownTable({
    header: ["versions of", "stay", dryRun ? "would go" : "removed", "left", "freed"],
    rows: [...rows, total],
  });
  const notes = [
    ...(ending.kind === "stopped" ? [`Stopped: ${ending.reason}. What is left is for the next run.`] : []),
    ...(ending.kind === "failed"
      ? [`Failed: ${ending.error instanceof Error ? ending.error.message : ending.error}`]
      : []),
    ...warnings,
  ];
  const shown = notes.slice(0, mostShown).map((note) => `- ${escapeMarkdown(note)}\n`);
  const bytes = `${each.unmeasured > 0 ? "at least " : ""}${formatSize(each.reclaimedBytes)}`;
  return [
    `### ${escapeMarkdown(image)}\n\n`,
    `${bytes} ${dryRun ? "would be freed" : "freed"}. ${figures.versions} versions listed, ${figures.manifestsRead} manifests read, planned after ${figures.secondsToPlan.toFixed(1)} s.\n\n`,
    planned.length + kept.length > 0 ? table + drawChart(kept, went) : "",
    ...shown,
    notes.length > mostShown ? `- … and ${notes.length - mostShown} more in the report\n` : "",
  ].join("");
}

/** https://mermaid.js.org/syntax/pie.html; names of classes are our own words. */
function drawChart(kept: readonly PlannedVersion[], went: readonly PlannedVersion[]): string {
  const slices = new Map<string, number>();
  for (const [verb, items] of [
    ["stay", kept],
    ["go", went],
  ] as const) {
    for (const item of items) slices.set(`${item.class}: ${verb}`, (slices.get(`${item.class}: ${verb}`) ?? 0) + 1);
  }
  if (slices.size === 0) return "";
  const lines = [...slices].map(([name, count]) => `  "${name}" : ${count}`);
  return `\`\`\`mermaid\npie showData title Versions\n${lines.join("\n")}\n\`\`\`\n\n`;
}

function summariseRemovals(packages: readonly PackageResult[], dryRun: boolean): string {
  const removals = packages.flatMap((each) => each.planned.map((item) => ({ item, name: each.package })));
  if (removals.length === 0) return "";
  const table = formatMarkdownTable({
    header: ["version", "package", "made", "why", ...(dryRun ? [] : ["outcome"])],
    rows: removals
      .slice(0, mostShown)
      .map(({ item, name }) => [
        codeText(shorten(nameVersion(item.version))),
        codeText(name),
        new Date(item.version.createdAt).toISOString().slice(0, 10),
        escapeMarkdown(item.reason),
        ...(dryRun ? [] : [escapeMarkdown(describeOutcome(item))]),
      ]),
  });
  const rest = removals.length - mostShown;
  const title = rest > 0 ? `The first ${mostShown} of ${removals.length} removals` : "Removals";
  return `### ${title}\n\n${table}${rest > 0 ? "The report has them all.\n" : ""}`;
}

function shorten(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}

function describeOutcome({ outcome, detail }: VersionOutcome): string {
  return detail === undefined ? outcome : `${outcome}: ${detail}`;
}

/** The result for the log: what goes and why, then the figures. */
export function describeResult(result: PruneResult): string {
  const { dryRun, packages } = result;
  const counts = countVersions(result);
  const blocks = packages.map((each) => {
    const rows = each.planned
      .slice(0, mostShown)
      .map((item) => [
        `  ${shorten(nameVersion(item.version))}`,
        item.class,
        dryRun ? "would go" : describeOutcome(item),
        item.reason,
      ]);
    const rest = each.planned.length - rows.length;
    const more = rest > 0 ? [`  … and ${rest} more in the report`] : [];
    const bytes = `${each.unmeasured > 0 ? "at least " : ""}${formatSize(each.reclaimedBytes)}`;
    const head = `${each.image}: ${each.planned.length} of ${each.planned.length + each.kept.length} versions ${dryRun ? "would go" : "to go"}, ${bytes}`;
    return [head, ...(rows.length > 0 ? [formatTextTable(rows)] : []), ...more].join("\n");
  });
  const done = `${dryRun ? `${counts.planned} would go` : `${counts.removed} removed`}, ${counts.kept} kept${dryRun ? "" : describeRest(counts)}, ${formatSize(counts.reclaimedBytes)} ${dryRun ? "to be freed" : "freed"}.`;
  return [...blocks, done].join("\n");
}
