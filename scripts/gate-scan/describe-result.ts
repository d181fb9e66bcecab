import { type GateFinding, type GateResult, severities } from "@longshore/guard";
import { codeText, escapeMarkdown, linkText } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";

export interface DescribedGate {
  readonly result: GateResult;
  /** Empty where it is not told. */
  readonly image: string;
  /** Sentences: malformed lines, systems without updates, nothing to compare with. */
  readonly notes: readonly string[];
  readonly compares: boolean;
}

/** A summary holds 1 MiB, and nobody reads a thousand rows. */
const MOST_ROWS = 50;

/** For the log: what blocks, one line each. */
export function describeResult({ findings, reason }: GateResult): string {
  const blocking = findings.filter(({ decision }) => decision === "blocks");
  const rows = blocking.map((row) => [
    row.severity,
    row.id,
    `${row.package}${tellPaths(row)}`,
    change(row),
    row.platforms.join(" "),
    row.title,
  ]);
  return [reason, formatTextTable(rows)].filter((text) => text !== "").join("\n");
}

/** Lines of output `blocked`. */
export function listBlocked({ findings, concerns }: GateResult): readonly string[] {
  return [
    ...concerns.filter(({ blocks }) => blocks).map(({ kind, about }) => `${kind} ${about}`),
    ...findings
      .filter(({ decision }) => decision === "blocks")
      .map(({ id, package: name, installed }) => [id, name, installed].join(" ")),
  ];
}

/** The job summary, Markdown. All text of scanners is escaped. */
export function summariseResult(gate: DescribedGate): string {
  const { result, image } = gate;
  const titles = { pass: "Scan passed", block: "Scan blocks", report: "Scan reports" };
  return [
    `### ${titles[result.verdict]}\n\n`,
    image === "" ? "" : `${codeText(image)}. `,
    `${escapeMarkdown(result.reason)}\n\n`,
    tableOfCounts(gate),
    tableOfFindings(gate),
    tableOfFixed(result),
    listOfNotes(gate),
  ].join("");
}

function tableOfCounts({ result, compares }: DescribedGate): string {
  const rows = severities
    .toReversed()
    .map((severity) => ({ severity, count: result.counts[severity] }))
    .filter(({ count }) => count.found + count.fixed > 0)
    .map(({ severity, count }) => [
      severity,
      ...(compares ? [count.new, count.fixed] : []).map(String),
      String(count.found),
      String(count.blocking),
    ]);
  if (rows.length === 0) return "";
  return formatMarkdownTable({
    header: ["severity", ...(compares ? ["new", "fixed"] : []), "found", "blocking"],
    rows,
  });
}

function tableOfFindings({ result, compares }: DescribedGate): string {
  // What is below the asked severities is in the counts and in the report; it would bury the rest.
  const told = result.findings.filter(({ decision }) => decision !== "below");
  if (told.length === 0) return "";
  const rows = told
    .slice(0, MOST_ROWS)
    .map((row) => [
      row.severity,
      linkText(row.id, row.url),
      escapeMarkdown(`${row.package}${tellPaths(row)}`),
      escapeMarkdown(change(row)),
      escapeMarkdown(row.platforms.join(", ")),
      ...(compares ? [row.isNew === true ? "new" : "known"] : []),
      escapeMarkdown(row.decision === "blocks" ? "blocks" : row.reason),
      escapeMarkdown(row.title),
    ]);
  const more = told.length - rows.length;
  const header = [
    "severity",
    "id",
    "package",
    "installed → fixed",
    "platforms",
    ...(compares ? ["compared"] : []),
    "decision",
    "what",
  ];
  return `${formatMarkdownTable({ header, rows })}${more > 0 ? `and ${more} more: see the JSON result.\n\n` : ""}`;
}

function tableOfFixed({ fixed }: GateResult): string {
  if (fixed.length === 0) return "";
  const rows = fixed
    .slice(0, MOST_ROWS)
    .map((row) => [row.severity, escapeMarkdown(row.id), escapeMarkdown(row.package), row.platforms.join(", ")]);
  const more = fixed.length - rows.length;
  const table = formatMarkdownTable({ header: ["severity", "fixed here", "package", "platforms"], rows });
  return `${table}${more > 0 ? `and ${more} more.\n\n` : ""}`;
}

function listOfNotes({ notes }: DescribedGate): string {
  return notes.length === 0 ? "" : `${notes.map((note) => `- ${escapeMarkdown(note)}`).join("\n")}\n\n`;
}

/** Of how many copies the places are told. */
const MOST_PATHS = 3;

/** Where the copies lie, unless the name says it. */
function tellPaths({ package: name, paths }: GateFinding): string {
  const places = paths.filter((path) => path !== name);
  if (places.length === 0) return "";
  const more = places.length - MOST_PATHS;
  return ` (${places.slice(0, MOST_PATHS).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}

function change({ installed, fixed }: GateFinding): string {
  return `${installed} → ${fixed === "" ? "none yet" : fixed}`;
}
