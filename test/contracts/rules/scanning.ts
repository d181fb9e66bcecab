import { isSelfReference, selfPath } from "../../../tools/workflows/references.ts";
import type { ReadFile } from "../../../tools/workflows/workflow-files.ts";
import { isWorkflowCall, type Job, jobsOf, readWorkflow, stepsOf } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** Scanners are other people's code, once hijacked already: what they can reach is what they can break. */
const scanners = ["aquasecurity/trivy-action", "anchore/scan-action", "anchore/sbom-action"];

function actionsOf(job: Job): readonly string[] {
  return stepsOf(job).flatMap(({ uses }) => (uses === undefined ? [] : [uses.split("@")[0] ?? ""]));
}

function runsScanner(job: Job): boolean {
  return actionsOf(job).some((action) => scanners.includes(action));
}

/** A job that runs a scanner reads and keeps what it wrote as an artifact; what is decided from it is decided in another job. */
export const scannersOnlyRead: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, job]) => runsScanner(job))
    .flatMap(([id, job]) => [
      ...Object.entries(job.permissions ?? {})
        .filter(([, level]) => level !== "read")
        .map(([scope, level]) => `Job ${id} runs a scanner and may ${level} ${scope}.`),
      ...(job["cache-mode"] === "none" ? [] : [`Job ${id} runs a scanner and must have cache-mode: none.`]),
      ...(job.outputs === undefined
        ? []
        : [`Job ${id} runs a scanner and gives outputs: let a job of ours read its reports.`]),
      ...actionsOf(job)
        .filter((action) => action.startsWith("$/") && action !== "$/scripts/log-in")
        .map((action) => `Job ${id} runs a scanner beside ${action}: give that a job of its own.`),
    ]);

/** Does this call name a workflow of ours of which a job runs a scanner? */
function callsScanner({ uses }: Job, read: ReadFile): boolean {
  if (uses === undefined || !isSelfReference(uses) || !isWorkflowCall(uses)) return false;
  try {
    return jobsOf(readWorkflow(selfPath(uses), read(selfPath(uses)))).some(([, job]) => runsScanner(job));
  } catch {
    return false; // told by ownReferencesResolve
  }
}

/** `registry-auth` pushes. Whoever has it and calls a workflow with a scanner hands on another secret, one that can only read. */
export const scannersGetNoPasswordThatPushes: Rule = (workflow, read) =>
  jobsOf(workflow)
    .filter(([, job]) => callsScanner(job, read))
    .flatMap(([id, { uses, secrets = {} }]) =>
      secrets === "inherit" || Object.values(secrets).some((text) => /\bsecrets\.registry-auth(?![\w-])/.test(text))
        ? [`Job ${id} hands the logins that push to ${uses}, which runs a scanner: hand on one that can only read.`]
        : [],
    );
