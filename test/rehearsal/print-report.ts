import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Paint } from "./paint.ts";
import { seconds } from "./print-progress.ts";
import type { RehearsalReport, StoryReport } from "./report.ts";

/** What is said at the end: the registry as a table, the summaries, the figures, and the checks that failed. */
export function printReport(report: RehearsalReport, paint: Paint): string {
  const parts = [printSummaries, printImages].flatMap((print) => report.stories.map((story) => print(story, paint)));
  return [...parts, printEnd(report, paint)].join("\n");
}

function printImages(story: StoryReport, paint: Paint): string {
  const several = new Set(story.images.map(({ repository }) => repository)).size > 1;
  const header = [...(several ? ["repository"] : []), "tag", "class", "", "digest", "platforms", "revision", "chapter"];
  const rows = story.images.map((image) => [
    ...(several ? [image.repository] : []),
    image.tag,
    image.class,
    image.mutability,
    image.digest.slice(7, 19),
    image.platforms.map((platform) => platform.replace("linux/", "")).join("+"),
    image.revision.slice(0, 7),
    `${image.chapter}. ${story.chapters[image.chapter - 1]?.title ?? ""}`,
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const repositories = [...new Set(story.images.map(({ repository }) => repository))].join(", ");
  const title = `\n${paint.bold(`What now lies in ${story.registry}/${several ? "" : repositories}`)}`;
  return [title, paint.dim(format(header)), ...rows.map(format)].join("\n");
}

/** What the jobs say that merge or prune, without what they fold, draw or list; and where the summaries of all jobs are. */
function printSummaries(story: StoryReport, paint: Paint): string {
  const folder = relative(process.cwd(), story.kept) || ".";
  const files = readdirSync(story.kept).filter((name) => name.endsWith(".md"));
  const byChapter = files.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
  const shown = byChapter.filter((name) => /-(?:merge|prune)\.md$/.test(name));
  const texts = shown.map((name) => {
    const chapter = Number.parseInt(name, 10);
    const text = readFileSync(join(story.kept, name), "utf8")
      .replace(/<details>.*?<\/details>|```mermaid.*?```\n*|### Removals.*$/gs, "")
      .trim()
      .replace(/^(?=.)/gm, "  ");
    return `\n${paint.dim(`${chapter}. ${story.chapters[chapter - 1]?.title ?? ""}`)}\n${text}`;
  });
  return [`\n${paint.bold("Job summaries")} ${paint.dim(`all ${files.length} are in ${folder}`)}`, ...texts].join("\n");
}

function printEnd(report: RehearsalReport, paint: Paint): string {
  const checks = report.stories.flatMap((story) =>
    story.chapters.flatMap((chapter) =>
      chapter.checks.map((check) => ({ ...check, story: story.name, chapter: chapter.number })),
    ),
  );
  const failed = checks.filter(({ ok }) => !ok);
  const platform =
    report.emulated === "" ? "" : `\nQEMU stood in for the ${report.emulated} runner; in life that job runs natively.`;
  const verdict =
    failed.length === 0
      ? paint.good(`All ${checks.length} checks hold`)
      : paint.bad(`${failed.length} of ${checks.length} checks failed`);
  const list = failed.map(
    ({ story, chapter, sentence, found }) => `  ${story}, chapter ${chapter}: ${sentence}: found ${found}`,
  );
  return [`\n${verdict} in ${seconds(report.ms)}. ${report.engine}.${platform}`, ...list, ""].join("\n");
}
