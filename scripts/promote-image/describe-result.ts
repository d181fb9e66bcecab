import { formatSize } from "@longshore/publishing";
import { tableOfTags } from "../lib/registry/tags/table-of-tags.ts";
import { hasFailed } from "../lib/registry/tags/tag-outcome.ts";
import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";
import type { PromoteResult } from "./promote-result.ts";

/** For the log: one line a tag, one a copy. */
export function describeResult({ source, digest, tags, copies, notes }: PromoteResult): string {
  const rows = tags.map(({ image, name, outcome, reason }) => [`${image}:${name}`, outcome, reason]);
  return [
    digest === undefined ? source : `${source} is ${digest}`,
    ...copies.map((copy) => `${copy.target}@${copy.digest}: ${countCopy(copy)}`),
    formatTextTable(rows),
    ...notes,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** The job summary, Markdown. Text that others wrote is escaped. */
export function summariseResult(result: PromoteResult): string {
  const { source, digest, revision, reason, backward, tags, copies } = result;
  const failed = tags.filter(hasFailed).length;
  const title = failed > 0 ? `Image promoted, ${failed} of ${tags.length} tags failed` : "Image promoted";
  const what = digest === undefined ? codeText(source) : `${codeText(source)}, digest ${codeText(digest)}`;
  const of = revision === "" ? "" : `, revision ${codeText(revision)}`;
  const back = backward ? " Tags were allowed to go back." : "";
  return [
    `### ${title}\n\n${what}${of}.\n\n`,
    reason === "" ? "" : `Reason: ${escapeMarkdown(reason)}${back}\n\n`,
    tags.length === 0 ? "" : tableOfTags(tags),
    copies.length === 0 ? "" : tableOfCopies(result),
    listOfNotes(result),
  ].join("");
}

function tableOfCopies({ copies }: PromoteResult): string {
  return formatMarkdownTable({
    header: ["copied, digests equal", "what was sent", "signatures and referrers"],
    rows: copies.map((copy) => [
      codeText(`${copy.target}@${copy.digest}`),
      countCopy(copy),
      copy.companions.length === 0 ? "none" : copy.companions.map(codeText).join(" "),
    ]),
  });
}

function countCopy({ manifests, blobs, bytes }: PromoteResult["copies"][number]): string {
  const lent = [
    ...(blobs.mounted === 0 ? [] : [`${blobs.mounted} mounted`]),
    ...(blobs.present === 0 ? [] : [`${blobs.present} there before`]),
  ];
  const sent = `${manifests} manifests, ${blobs.copied} blobs (${formatSize(bytes)})`;
  return lent.length === 0 ? sent : `${sent}; ${lent.join(", ")}`;
}

function listOfNotes({ notMoved, copies, notes }: PromoteResult): string {
  const lines = [
    ...notMoved.map(({ name, reason }) => `${codeText(name)} stays where it is: ${escapeMarkdown(reason)}`),
    ...[...copies.flatMap((copy) => copy.notes), ...notes].map(escapeMarkdown),
  ];
  return lines.length === 0 ? "" : `${lines.map((line) => `- ${line}`).join("\n")}\n\n`;
}
