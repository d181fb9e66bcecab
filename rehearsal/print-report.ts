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

/** What the jobs say that matter, without what they fold, draw or list; and where the summaries of all jobs are. */
function printSummaries(story: StoryReport, paint: Paint): string {
  const folder = relative(process.cwd(), story.kept) || ".";
  const files = readdirSync(story.kept).filter((name) => name.endsWith(".md"));
  const texts = chooseSummaries(files).map((name, place, shown) => {
    const chapter = Number.parseInt(name, 10);
    const isFirst = place === 0 || Number.parseInt(shown[place - 1] ?? "", 10) !== chapter;
    const text = readFileSync(join(story.kept, name), "utf8")
      .replace(/<details>.*?<\/details>|```mermaid.*?```\n*|### Removals.*$/gs, "")
      .replace(/^[^\n]*:\n\n(?:```.*?\n```|<pre>.*?<\/pre>)\n*/gms, "")
      .trim()
      .replace(/^(?=.)/gm, "  ");
    const title = isFirst ? `${paint.dim(`${chapter}. ${story.chapters[chapter - 1]?.title ?? ""}`)}\n` : "";
    return `\n${title}${text}`;
  });
  return [`\n${paint.bold("Job summaries")} ${paint.dim(`(all ${files.length} are in ${folder})`)}`, ...texts].join(
    "\n",
  );
}

/** Kinds of jobs by the ends of their names, in the order they work in one run. */
const inOrder = ["merge", "gate", "sign", "promote", "prune", "verdict"];

/**
 * Of `{chapter}-{job}.md`, what is worth the screen: what merges, promotes and prunes. Where images are shipped, of each shipment what
 * it has and has not, and one of them from the merge to the end: the last of those with the most to say.
 */
export function chooseSummaries(files: readonly string[]): readonly string[] {
  const chapterOf = (name: string): number => Number.parseInt(name, 10);
  const kindOf = (name: string): string => /-([a-z]+)\.md$/.exec(name)?.[1] ?? "";
  const told = files
    .filter((name) => inOrder.includes(kindOf(name)))
    .sort(
      (one, other) =>
        chapterOf(one) - chapterOf(other) || inOrder.indexOf(kindOf(one)) - inOrder.indexOf(kindOf(other)),
    );
  const shipped = told.filter((name) => kindOf(name) === "verdict").map(chapterOf);
  const size = (chapter: number): number => told.filter((name) => chapterOf(name) === chapter).length;
  const fullest = shipped.reduce((best, chapter) => (size(chapter) >= size(best) ? chapter : best), shipped[0] ?? 0);
  return told.filter((name) => {
    const chapter = chapterOf(name);
    if (chapter === fullest) return true;
    return (shipped.includes(chapter) ? ["verdict"] : ["merge", "promote", "prune"]).includes(kindOf(name));
  });
}

/** Foreign actions that a rehearsal plays where people may take the result for the real one's. */
const playedActions: Readonly<Record<string, string>> = {
  "aquasecurity/trivy-action": "Trivy",
  "anchore/scan-action": "Grype",
  "actions/attest": "GitHub's attestations",
  "github/codeql-action/upload-sarif": "the Security tab",
};

/** What was no more than played in these stories: one line. */
function printStandIns({ stories }: RehearsalReport): string {
  const steps = stories.flatMap(({ chapters }) =>
    chapters.flatMap(({ runs }) => runs.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps))),
  );
  const played = new Set(
    steps.filter(({ outcome }) => outcome !== "skipped").map(({ uses }) => uses.split("@")[0] ?? ""),
  );
  const names = Object.entries(playedActions).flatMap(([action, name]) => (played.has(action) ? [name] : []));
  return `Stand-ins: ${["GitHub's API and runners", ...names].join(", ")}. What is proved where: docs/security.md.`;
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
  return [
    `\n${verdict} in ${seconds(report.ms)}. ${report.engine}.${platform}`,
    ...list,
    printStandIns(report),
    "",
  ].join("\n");
}
