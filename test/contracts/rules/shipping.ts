import type { Job, Workflow } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** The parts of ship-image.yml that come before each of its jobs. A part that is switched off is a skipped job. */
const before: Readonly<Record<string, readonly string[]>> = { sign: ["scan"], promote: ["scan", "sign"] };

/** What must be true for a job to run, each on its own: the parts of its `if` between `&&`. Nothing where an `||` could pass them by. */
function conditionsOf({ if: condition = "" }: Job): readonly string[] {
  const conditions = condition.split("&&").map((text) => text.trim().replace(/\s+/g, " "));
  return conditions.every((text) => !text.includes("||") || /^\([^()]*\)$/.test(text)) ? conditions : [];
}

function problemsOf({ path, jobs }: Workflow, id: string): readonly string[] {
  const job = jobs[id];
  if (job === undefined) return [`${path} has no job ${id}.`];
  const needs = [job.needs ?? []].flat();
  const conditions = conditionsOf(job);
  return [
    ...(conditions.includes("needs.build.result == 'success'") ? [] : [`Job ${id} runs where the build failed.`]),
    ...(before[id] ?? []).flatMap((part) => [
      ...(needs.includes(part) ? [] : [`Job ${id} does not wait for ${part}.`]),
      ...(conditions.includes(`(needs.${part}.result == 'success' || !inputs.${part})`)
        ? []
        : [`Job ${id} runs where ${part} was asked for and did not pass.`]),
    ]),
  ];
}

/** What was tested, scanned and signed is what gets the name: no part of ship-image.yml runs past one that did not pass. */
export const shipsInOrder: Rule = (workflow) =>
  workflow.path === ".github/workflows/ship-image.yml"
    ? Object.keys(before).flatMap((id) => problemsOf(workflow, id))
    : [];
