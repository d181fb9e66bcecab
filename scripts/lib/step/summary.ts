import { appendFileSync } from "node:fs";

/**
 * Markdown for the job summary. Cells are Markdown already: pass untrusted text through `escapeMarkdown`, `codeText`
 * or `linkText` of escape.ts first.
 */
export interface MarkdownTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A GitHub-flavoured Markdown table, with a blank line after it. */
export function formatMarkdownTable({ header, rows }: MarkdownTable): string {
  const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n\n`;
}

/** Appends to the job summary. Outside a runner there is no file to write to, and nothing is done. */
export function writeSummary(markdown: string, path = process.env.GITHUB_STEP_SUMMARY): void {
  if (path) appendFileSync(path, markdown.endsWith("\n") ? markdown : `${markdown}\n`);
}

/** Rows as text, columns aligned by two spaces, no trailing white space. For the log. */
export function formatTextTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
