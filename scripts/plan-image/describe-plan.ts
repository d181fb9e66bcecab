import type { ImagePlan } from "@longshore/tagging";
import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import { formatMarkdownTable, formatTextTable } from "../lib/step/summary.ts";

/** The plan for the log: what, where and why, then a line for each tag. */
export function describePlan(plan: ImagePlan): string {
  const facts = [
    ["kind", plan.kind],
    ["revision", plan.revision],
    ...plan.images.map((image, index) => [index === 0 ? "images" : "", image]),
    ["delivery", `${plan.delivery}: ${plan.reason}`],
  ];
  const tags = plan.tags.map(({ name, mutability, reason }) => [name, mutability, reason]);
  const left = plan.notMoved.map(({ name, reason }) => [name, "not moved", reason]);
  return `${formatTextTable(facts)}\n\n${formatTextTable([...tags, ...left])}`;
}

/** The plan for the job summary: folded, as every job of a run makes the same plan. */
export function summarisePlan(plan: ImagePlan): string {
  if (plan.kind === "none") return `No image: ${escapeMarkdown(plan.reason)}\n`;
  const table = formatMarkdownTable({
    header: ["Tag", "", "Why"],
    rows: [
      ...plan.tags.map(({ name, mutability, reason }) => [codeText(name), mutability, escapeMarkdown(reason)]),
      ...plan.notMoved.map(({ name, reason }) => [codeText(name), "not moved", escapeMarkdown(reason)]),
    ],
  });
  const title = `Plan: ${plan.kind} image ${escapeMarkdown(`${plan.images[0]}:${plan.primaryTag}`)}`;
  return `<details><summary>${title}</summary>\n\n${table}Delivery ${plan.delivery}: ${escapeMarkdown(plan.reason)}\n\n</details>\n`;
}
