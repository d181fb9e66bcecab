import { type Job, jobsOf, stepsOf } from "../workflow-model.ts";
import type { Rule } from "./rule.ts";

/** Scanners are other people's code, once hijacked already: what they can reach is what they can break. */
const scanners = ["aquasecurity/trivy-action", "anchore/scan-action", "anchore/sbom-action"];

function actionsOf(job: Job): readonly string[] {
  return stepsOf(job).flatMap(({ uses }) => (uses === undefined ? [] : [uses.split("@")[0] ?? ""]));
}

/** A job that runs a scanner reads and keeps what it wrote as an artifact; what is decided from it is decided in another job. */
export const scannersOnlyRead: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, job]) => actionsOf(job).some((action) => scanners.includes(action)))
    .flatMap(([id, job]) => [
      ...Object.entries(job.permissions ?? {})
        .filter(([, level]) => level !== "read")
        .map(([scope, level]) => `Job ${id} runs a scanner and may ${level} ${scope}.`),
      ...(job["cache-mode"] === "none" ? [] : [`Job ${id} runs a scanner and must have cache-mode: none.`]),
      ...(job.outputs === undefined
        ? []
        : [`Job ${id} runs a scanner and gives outputs: let a job of ours read its reports.`]),
      ...actionsOf(job)
        .filter((action) => action.startsWith("$/"))
        .map((action) => `Job ${id} runs a scanner beside ${action}: give that a job of its own.`),
    ]);
