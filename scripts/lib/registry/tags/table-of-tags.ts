import { codeText, escapeMarkdown } from "../../step/escape.ts";
import { formatMarkdownTable } from "../../step/summary.ts";
import type { TagOutcome } from "./tag-outcome.ts";

/** What became of each tag, as a Markdown table. */
export function tableOfTags(tags: readonly TagOutcome[]): string {
  return formatMarkdownTable({
    header: ["tag", "class", "outcome", "reason"],
    rows: tags.map(({ image, name, mutability, outcome, reason }) => [
      codeText(`${image}:${name}`),
      mutability,
      outcome,
      escapeMarkdown(reason),
    ]),
  });
}
