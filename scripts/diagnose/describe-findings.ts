import { escapeMarkdown, showText } from "../lib/step/escape.ts";
import { formatMarkdownTable } from "../lib/step/summary.ts";
import type { Finding } from "./finding.ts";

/** For people: a line a finding, its fix below. */
export function describeFindings(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ check, status, detail, fix }) => [
      `${status.padEnd(4)}  ${check}: ${showText(detail)}`,
      ...(fix === "" ? [] : [`      ${showText(fix)}`]),
    ])
    .join("\n");
}

/** For the job summary, Markdown. Answers of servers are untrusted. */
export function summariseFindings(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, status, detail, fix }) => [
    status === "ok" ? status : `**${status}**`,
    check,
    escapeMarkdown(detail),
    escapeMarkdown(fix),
  ]);
  return `### Diagnosis\n\n${formatMarkdownTable({ header: ["", "what", "found", "fix"], rows })}`;
}
