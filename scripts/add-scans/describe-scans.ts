import { severities } from "@longshore/guard";
import { describeHealth, type ScanHealth, whereOf } from "../lib/scans/health-report.ts";
import { codeText, escapeMarkdown, linkText } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";

/** The worst first. */
const columns = severities.toReversed();
/** Of one image; the report has all. */
const mostListed = 20;

/** For the log: a line an image, then a line a problem. */
export function describeScans(scans: readonly ScanHealth[]): string {
  const rows = scans.map((scan) => [
    whereOf(scan),
    ...columns.map((severity) => `${scan.counts[severity].found} ${severity}`),
    describeHealth(scan.problems),
  ]);
  const problems = scans.flatMap((scan) =>
    scan.problems.map(({ kind, detail }) => `${whereOf(scan)}: ${kind}: ${detail}`),
  );
  return [formatTextTable(rows), ...problems].filter((line) => line !== "").join("\n");
}

/** The job summary, Markdown. All text of scanners and registries is escaped. */
export function summariseScans(scans: readonly ScanHealth[], notes: readonly string[]): string {
  const bad = scans.filter(({ problems }) => problems.length > 0).length;
  const title = bad === 0 ? "Published images pass the scan" : `${bad} of ${scans.length} images do not pass the scan`;
  const rows = scans.map((scan) => [
    codeText(whereOf(scan)),
    ...columns.map((severity) => String(scan.counts[severity].found)),
    [
      ...scan.problems.filter(({ kind }) => kind === "not-checked").map(({ detail }) => escapeMarkdown(detail)),
      ...listBlocking(scan),
    ].join("<br>") || "ok",
  ]);
  const table = formatMarkdownTable({ header: ["image", ...columns, ""], rows });
  return `### ${title}\n\n${table}${notes.map((note) => `- ${escapeMarkdown(note)}\n`).join("")}`;
}

function listBlocking({ blocking }: ScanHealth): readonly string[] {
  const lines = blocking
    .slice(0, mostListed)
    .map(
      ({ severity, id, url, package: name, installed, fixed }) =>
        `${severity} ${linkText(id, url)} ${escapeMarkdown(`${name} ${installed} → ${fixed || "none yet"}`)}`,
    );
  return blocking.length > mostListed ? [...lines, `and ${blocking.length - mostListed} more`] : lines;
}
