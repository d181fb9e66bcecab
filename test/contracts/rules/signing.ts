import { type Job, jobsOf, stepsOf } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** All that a job may run which can sign in our name: nothing of the caller's, no scanner, no checkout, no shell. */
const allowed = [
  "$/scripts/log-in",
  "sigstore/cosign-installer",
  "actions/attest",
  "actions/download-artifact",
  "$/scripts/sign-image",
  "$/scripts/check-attestation",
  "$/scripts/check-sboms",
  "$/scripts/pick-newest",
];

function signs(job: Job): boolean {
  return job.permissions?.["id-token"] === "write" && job.uses === undefined;
}

/** A job with an OIDC token runs only what signs, and neither reads nor writes the shared cache. */
export const signingJobsOnlySign: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, job]) => signs(job))
    .flatMap(([id, job]) => [
      ...(workflow.kind === "example" || job["cache-mode"] === "none"
        ? []
        : [`Job ${id} has an OIDC token and must have cache-mode: none.`]),
      ...stepsOf(job)
        .filter(({ uses = "a shell" }) => !allowed.includes(uses.split("@")[0] ?? ""))
        .map(({ uses, name }) => `Job ${id} has an OIDC token and runs ${uses ?? `the shell in ${name ?? "a step"}`}.`),
    ]);

/** Whoever calls a workflow that signs grants what signs: its other jobs must not come to it unnoticed. */
export const signingFilesHoldOnePermissionSet: Rule = (workflow) => {
  const jobs = jobsOf(workflow).filter(([, job]) => job.uses === undefined);
  const signing = jobs.find(([, job]) => signs(job));
  if (signing === undefined) return [];
  const set = (job: Job) => JSON.stringify(Object.entries(job.permissions ?? {}).sort());
  return jobs
    .filter(([, job]) => set(job) !== set(signing[1]))
    .map(([id]) => `Job ${id} has other permissions than ${signing[0]}, which signs: it belongs in a file of its own.`);
};
