import {
  countProblems,
  describeHealth,
  type HealthReport,
  problemsOf,
  uncheckedOf,
} from "../lib/scans/health-report.ts";
import { codeText, escapeMarkdown, showText } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";

/** For the log: a line a tag, then a line a problem. */
export function describeReport(report: HealthReport): string {
  const rows = report.images.flatMap(({ image, tags }) =>
    tags.map(({ tag, digest, problems }) => [
      showText(`${image}:${tag}`),
      digest || "no digest",
      describeHealth(problems),
    ]),
  );
  const problems = [...problemsOf(report), ...uncheckedOf(report)].map(({ where, kind, detail }) =>
    showText(`${where}: ${kind}: ${detail}`),
  );
  return [formatTextTable(rows), ...problems].filter((line) => line !== "").join("\n");
}

/** The job summary, Markdown. Names of tags and words of registries are untrusted. */
export function summariseReport(report: HealthReport): string {
  const [problems, unchecked] = [problemsOf(report), uncheckedOf(report)];
  const well = unchecked.length === 0 ? "Published images are well" : "Published images could not all be checked";
  const title = problems.length === 0 ? well : `Published images have ${countProblems(problems)}`;
  const rows = report.images.flatMap(({ image, problems: own, tags }) => [
    ...(own.length === 0 ? [] : [[codeText(image), "", "", "", listed(own)]]),
    ...tags.map((tag) => [
      codeText(`${image}:${tag.tag}`),
      tag.digest === "" ? "" : codeText(tag.digest.slice(0, 19)),
      escapeMarkdown(Object.keys(tag.manifests).join(", ")),
      escapeMarkdown(tag.created.slice(0, 10)),
      tag.problems.length === 0 ? "ok" : listed(tag.problems),
    ]),
  ]);
  return `### ${title}\n\n${formatMarkdownTable({ header: ["tag", "digest", "platforms", "of", ""], rows })}`;
}

function listed(problems: readonly { readonly detail: string }[]): string {
  return problems.map(({ detail }) => escapeMarkdown(detail)).join("<br>");
}
