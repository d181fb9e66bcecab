import { isMap, isScalar, type Pair, visit } from "yaml";
import { called, covers } from "../../../tools/workflows/permission-union.ts";
import { jobsOf } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** Nothing by default, the least per job, and the reason beside each scope. */
export const permissionsAreLeast: Rule = (workflow) => [
  ...(workflow.kind === "example" || JSON.stringify(workflow.permissions) === "{}"
    ? []
    : [`${workflow.path} must start from \`permissions: {}\`.`]),
  ...jobsOf(workflow)
    .filter(([, job]) => job.permissions === undefined)
    .map(([id]) => `Job ${id} declares no permissions.`),
];

export const permissionsHaveReasons: Rule = (workflow) => {
  const problems: string[] = [];
  visit(workflow.document, {
    Pair: (_key, pair: Pair) => {
      if (!isScalar(pair.key) || pair.key.value !== "permissions" || !isMap(pair.value)) return;
      for (const { key, value } of pair.value.items) {
        if (isScalar(value) && !value.comment)
          problems.push(`Permission ${key}: ${value.value} has no reason beside it.`);
      }
    },
  });
  return problems;
};

/** A call that grants less than any job of the called workflow declares never starts. */
export const callersGrantEnough: Rule = (workflow, read) =>
  jobsOf(workflow).flatMap(([id, job]) =>
    Object.entries(called(job.uses, read))
      .filter(([scope, level]) => !covers(job.permissions?.[scope], level))
      .map(([scope, level]) => `Job ${id} calls ${job.uses} and must grant ${scope}: ${level}.`),
  );
