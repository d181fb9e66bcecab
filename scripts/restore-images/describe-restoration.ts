import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable } from "../lib/step/summary.ts";
import type { PackageRestoration } from "./restore-package.ts";

const mostShown = 100;

/** Every output of action.yml, by its name. */
export function listOutputs(results: readonly PackageRestoration[]): Readonly<Record<string, string>> {
  const sum = (count: (each: PackageRestoration) => number) =>
    String(results.reduce((total, each) => total + count(each), 0));
  return {
    planned: sum(({ plan }) => plan.restore.length + plan.present.length),
    restored: sum(({ plan, restored }) => restored.length + plan.present.length),
    failed: sum(({ failed }) => failed.length),
    "missing-tags": results.flatMap(({ missingTags }) => missingTags).join("\n"),
  };
}

/** The result as Markdown for the job summary. */
export function summariseRestoration(results: readonly PackageRestoration[], dryRun: boolean): string {
  const blocks = results.map(({ image, plan, restored, failed, missingTags }) => {
    const items = dryRun ? plan.restore : restored;
    const table = formatMarkdownTable({
      header: ["version", dryRun ? "would be restored" : "restored"],
      rows: items
        .slice(0, mostShown)
        .map(({ tags, digest }) => [tags.map(codeText).join(", ") || "no tag", codeText(digest)]),
    });
    const more = items.length > mostShown ? `… and ${items.length - mostShown} more\n\n` : "";
    const notes = [
      ...failed.map(({ name, reason }) => `${name} did not come back: ${reason}`),
      ...missingTags.map((tag) => `${tag} is held by another version, or GitHub did not put it back`),
    ];
    const listed = notes.slice(0, mostShown).map((note) => `- ${escapeMarkdown(note)}\n`);
    const there = plan.present.length > 0 ? `, ${plan.present.length} were there already` : "";
    return `### ${escapeMarkdown(image)}\n\n${items.length} versions${there}, ${failed.length} could not come back.\n\n${items.length > 0 ? table + more : ""}${listed.join("")}`;
  });
  return [`## ${dryRun ? "Plan of a restoration: nothing was changed" : "Restored images"}\n`, ...blocks].join("\n");
}
