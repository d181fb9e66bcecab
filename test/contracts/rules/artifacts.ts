import { type Job, jobsOf, type Step, stepsOf } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

const uploads = (step: Step) => step.uses?.startsWith("actions/upload-artifact@") === true;
const downloads = (step: Step) => step.uses?.startsWith("actions/download-artifact@") === true;
const whole = /^\$\{\{ [^{}]+ \}\}$/;

/**
 * The name of an upload that failed stays taken for the whole run, and then `overwrite` finds nothing to replace: each attempt names its
 * artifact anew, at the end of the name. A step that gives the whole name has put it there.
 */
export const artifactsAreOfOneAttempt: Rule = (workflow) =>
  workflow.kind === "example"
    ? []
    : jobsOf(workflow).flatMap(([id, job]) =>
        stepsOf(job)
          .filter(uploads)
          .flatMap(({ with: { name = "", overwrite } = {} }) => [
            ...(String(name).endsWith("-${{ github.run_attempt }}") || whole.test(String(name))
              ? []
              : [`Job ${id} keeps the artifact ${name}, whose name must end in -\${{ github.run_attempt }}.`]),
            ...(overwrite === undefined ? [] : [`Job ${id} overwrites the artifact ${name}: give each its own name.`]),
          ]),
      );

/** Of what earlier attempts kept too, whoever needs it takes the newest; only a job's output or a person knows a name to its end. */
export const artifactsAreTakenOfTheNewestAttempt: Rule = (workflow) =>
  workflow.kind === "example"
    ? []
    : jobsOf(workflow).flatMap(([id, job]) =>
        stepsOf(job)
          .filter(downloads)
          .flatMap((step) => problemsOf(id, job, step)),
      );

function problemsOf(id: string, job: Job, step: Step): readonly string[] {
  const { name, pattern, path, "artifact-ids": ids, "merge-multiple": merges } = step.with ?? {};
  if (ids !== undefined) return [];
  if (pattern === undefined) {
    return whole.test(String(name)) || /-\$\{\{ inputs\.[\w-]+ \}\}$/.test(String(name))
      ? []
      : [`Job ${id} fetches the artifact ${name}, of which each attempt has another: fetch it by pattern.`];
  }
  const next = stepsOf(job)[stepsOf(job).indexOf(step) + 1];
  const picks = next?.uses === "$/scripts/pick-newest" && next.with?.path === path;
  return [
    ...(picks ? [] : [`Job ${id} fetches ${pattern} and does not go on with $/scripts/pick-newest of that path.`]),
    ...(merges === undefined ? [] : [`Job ${id} merges ${pattern}, so that attempts overwrite each other.`]),
  ];
}
