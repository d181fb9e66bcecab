import { isSelfReference, publishedAs, selfPath } from "../../../tools/workflows/references.ts";
import type { ReadFile } from "../../../tools/workflows/workflow-files.ts";
import { isWorkflowCall, jobsOf, stepsOf, usesOf } from "../../../tools/workflows/workflow-model.ts";
import { pins } from "../pins.ts";
import type { Rule } from "./rule.ts";

/** Path of the file behind a reference of ours: the workflow, or the step's action.yml. */
export function targetOf(uses: string): string {
  return isWorkflowCall(uses) ? selfPath(uses) : `${selfPath(uses)}/action.yml`;
}

function exists(path: string, read: ReadFile): boolean {
  try {
    read(path);
    return true;
  } catch {
    return false;
  }
}

/** Our own things are called by `$/`, which is the very commit that runs; product repositories call them by name and `v1`. */
export const ownReferencesResolve: Rule = (workflow, read) =>
  usesOf(workflow).flatMap(({ where, uses }) => {
    if (uses.startsWith("./")) return [`${where} uses ${uses}: write $/, which needs no checkout.`];
    if (uses.startsWith("$/") && uses.includes("@")) return [`${where} uses ${uses}: $/ takes no @ref.`];
    if (uses.startsWith("$/") && workflow.kind === "example")
      return [`${where} uses ${uses}: in a product repository that is not Longshore.`];
    if (uses.startsWith(`${publishedAs}/`) && !isSelfReference(uses))
      return [`${where} uses ${uses}: examples call @v1.`];
    if (isSelfReference(uses) && !exists(targetOf(uses), read)) return [`${where} uses ${uses}, which does not exist.`];
    return [];
  });

/** Other people's code runs at one commit, the same everywhere, with its version beside it. */
export const foreignReferencesArePinned: Rule = (workflow) =>
  usesOf(workflow).flatMap(({ where, uses }) => {
    if (/^(\$|\.)\//.test(uses) || uses.startsWith(`${publishedAs}/`)) return [];
    const [action = "", sha = ""] = uses.split("@");
    if (action === "actions/github-script") return [`${where} uses github-script: write a step.`];
    if (!/^[0-9a-f]{40}$/.test(sha)) return [`${where} uses ${uses}: pin it to a full commit SHA.`];
    const pin = pins[action];
    if (pin === undefined) return [`${where} uses ${action}, which is not in test/contracts/pins.ts.`];
    if (pin.sha !== sha) return [`${where} uses ${action} at ${sha}: test/contracts/pins.ts says ${pin.sha}.`];
    const lines = workflow.text.split("\n").filter((line) => line.includes(`uses: ${uses}`));
    return lines.every((line) => line.endsWith(`@${sha} # ${pin.version}`))
      ? []
      : [`${where} uses ${action} without the comment # ${pin.version}.`];
  });

export const checkoutKeepsNoCredentials: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([id, job]) =>
    stepsOf(job)
      .filter((step) => step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false)
      .map(() => `Job ${id} checks out and leaves the token in .git/config: say persist-credentials: false.`),
  );
