import { formatSize, formatSizeChange } from "@longshore/publishing";
import { tableOfTags } from "../lib/registry/tags/table-of-tags.ts";
import { hasFailed, namesImage } from "../lib/registry/tags/tag-outcome.ts";
import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";
import type { PlatformOutcome, PublishResult } from "./publish-result.ts";

/** For the log: one line a tag. */
export function describeResult({ digest, tags, notes }: PublishResult): string {
  const rows = tags.map((tag) => [`${tag.image}:${tag.name}`, tag.outcome, tag.reason]);
  return [`index ${digest}`, formatTextTable(rows), ...notes].filter((line) => line !== "").join("\n");
}

/** The one job summary (B16), Markdown. Text that others wrote is escaped. */
export function summariseResult(result: PublishResult): string {
  return [
    headingOf(result),
    result.digest === undefined ? "" : `Index ${codeText(result.digest)}${result.reused ? ", reused" : ""}\n\n`,
    result.tags.length === 0 ? "" : tableOfTags(result.tags),
    tableOfPlatforms(result),
    listOfNotes(result),
    howToPull(result),
  ].join("");
}

function headingOf({ delivery, images, kind, reason, revision, tags }: PublishResult): string {
  const failed = tags.filter(hasFailed).length;
  const title =
    delivery === "artifact"
      ? "Image kept as archives"
      : failed > 0
        ? `Image published, ${failed} of ${tags.length} tags failed`
        : "Image published";
  const where = images.map(codeText).join(", ");
  const why = delivery === "artifact" ? ` Nothing was pushed or named: ${escapeMarkdown(withStop(reason))}` : "";
  return `### ${title}\n\n${where} of revision ${codeText(revision)}, kind ${escapeMarkdown(kind)}.${why}\n\n`;
}

function tableOfPlatforms({ platforms, comparedWith, delivery }: PublishResult): string {
  const compares = comparedWith !== undefined;
  const tellsCache = platforms.some(({ steps }) => steps !== undefined);
  const row = (platform: PlatformOutcome): readonly string[] => [
    platform.platform,
    codeText(platform.digest),
    formatSize(platform.size),
    ...(compares ? [formatSizeChange({ size: platform.size, before: platform.sizeBefore })] : []),
    platform.reused ? "reused" : `${platform.seconds.toFixed(1)} s`,
    ...(tellsCache ? [platform.steps ? `${platform.steps.cached} of ${platform.steps.total} steps` : ""] : []),
    ...(delivery === "artifact" ? [codeText(platform.archive ?? "none")] : []),
  ];
  return formatMarkdownTable({
    header: [
      ...["platform", "digest", "compressed size"],
      ...(compares ? [`change against ${codeText(comparedWith)}`] : []),
      "build time",
      ...(tellsCache ? ["from the cache"] : []),
      ...(delivery === "artifact" ? ["archive"] : []),
    ],
    rows: platforms.map(row),
  });
}

function listOfNotes({ platforms, notMoved, notes }: PublishResult): string {
  const lines = [
    ...platforms.flatMap(({ platform, retries }) => retries.map((retry) => `${platform}: ${escapeMarkdown(retry)}`)),
    ...notMoved.map(({ name, reason }) => `${codeText(name)} stays where it is: ${escapeMarkdown(reason)}`),
    ...notes.map(escapeMarkdown),
  ];
  return lines.length === 0 ? "" : `${lines.map((line) => `- ${line}`).join("\n")}\n\n`;
}

function howToPull({ delivery, digest, images, platforms, primaryTag, tags }: PublishResult): string {
  if (delivery === "artifact") {
    const loads = platforms.flatMap(({ archive }) => (archive === undefined ? [] : [`docker load --input ${archive}`]));
    return loads.length === 0 ? "" : `Download this run's artifacts, then\n\n${codeBlock(loads)}`;
  }
  const pulls = images.flatMap((image) => {
    const named = tags.some((tag) => tag.image === image && tag.name === primaryTag && namesImage(tag));
    return [...(named ? [`docker pull ${image}:${primaryTag}`] : []), `docker pull ${image}@${digest}`];
  });
  return codeBlock(pulls);
}

/** HTML, as a fence could be closed by what stands in it. */
function codeBlock(lines: readonly string[]): string {
  return `<pre>${lines.map(escapeMarkdown).join("\n")}</pre>\n`;
}

function withStop(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}
