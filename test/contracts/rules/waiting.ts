import { jobsOf, type Workflow } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** Whether a job is a call or stands behind one, also behind others: a skipped job counts all the way down. */
function waitsForCall({ jobs }: Pick<Workflow, "jobs">, id: string): boolean {
  const job = jobs[id];
  return job?.uses !== undefined || [job?.needs ?? []].flat().some((need) => waitsForCall({ jobs }, need));
}

/**
 * Whether a job that needs a called workflow is skipped when a job inside that call was skipped is reported both ways
 * (https://github.com/actions/runner/issues/2205). With a status function of its own, and the result it wants, a job does
 * the same either way; one that tells what became of others says `always()` and takes what there is.
 */
export const callsAreWaitedForByResult: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([id, job]) => {
    const calls = [job.needs ?? []].flat().filter((need) => waitsForCall(workflow, need));
    const condition = job.if ?? "";
    if (calls.length === 0 || /\balways\(\)/.test(condition)) return [];
    return [
      ...(/!cancelled\(\)/.test(condition)
        ? []
        : [`Job ${id} needs ${calls[0]}, which calls a workflow or waits for one: say !cancelled() in its condition.`]),
      ...calls
        .filter((call) => !condition.includes(`needs.${call}.result`))
        .map(
          (call) =>
            `Job ${id} needs ${call}, which calls a workflow or waits for one: say needs.${call}.result == 'success'.`,
        ),
    ];
  });
