import { type HealthReport, problemsOf, uncheckedOf } from "../lib/scans/health-report.ts";
import { codeText, escapeMarkdown, linkText } from "../lib/step/escape.ts";
import { formatMarkdownTable } from "../lib/step/summary.ts";

/** GitHub takes 65,536 characters; this many rows of usual length stay far below, and the text is cut before that too. */
const mostRows = 100;
const mostCharacters = 60_000;

/** By which the issue is found again; nobody sees it. */
export function markerOf(name: string): string {
  return `<!-- longshore-verify: ${name} -->`;
}

/** The issue's text, Markdown. Names of tags and words of registries are untrusted: nothing in them is formatted, linked or mentioned. */
export function formatBody(report: HealthReport, name: string): string {
  // What could not be checked opens no issue; in one that is open it tells why something may be missing from the list.
  const problems = [...problemsOf(report), ...uncheckedOf(report)];
  const rows: (readonly string[])[] = [];
  let length = 0;
  for (const { where, kind, detail } of problems.slice(0, mostRows)) {
    const row = [codeText(where), escapeMarkdown(kind), escapeMarkdown(detail)];
    length += row.join(" | ").length;
    if (length > mostCharacters) break;
    rows.push(row);
  }
  const more = problems.length - rows.length;
  return [
    markerOf(name),
    `Checked ${codeText(report.checkedAt)}${report.run === "" ? "" : ` by ${linkText("this run", report.run)}`}, which keeps the whole report.\n`,
    formatMarkdownTable({ header: ["image", "problem", ""], rows }),
    ...(more > 0 ? [`${more} more are in the report.\n`] : []),
    "This issue is written anew by each check, and closed when all is well.",
  ].join("\n");
}
