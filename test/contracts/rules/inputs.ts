import { isSelfReference, selfPath } from "../../../tools/workflows/references.ts";
import type { ReadFile } from "../../../tools/workflows/workflow-files.ts";
import {
  type Input,
  isWorkflowCall,
  jobsOf,
  readAction,
  readWorkflow,
  stepsOf,
  usesOf,
} from "../../../tools/workflows/workflow-model.ts";
import { pins } from "../pins.ts";
import { targetOf } from "./references.ts";
import type { Rule } from "./rule.ts";

type Declared = Readonly<Record<string, Pick<Input, "type" | "required" | "default">>>;

/** Inputs that a `uses:` declares; undefined when its contract is not known here. */
function declaredInputs(uses: string, read: ReadFile): Declared | undefined {
  if (!isSelfReference(uses)) {
    const pin = pins[uses.split("@")[0] ?? ""];
    return pin && Object.fromEntries(pin.inputs.map((name) => [name, {}]));
  }
  try {
    if (!isWorkflowCall(uses)) return readAction(read(targetOf(uses))).inputs ?? {};
    return readWorkflow(selfPath(uses), read(selfPath(uses))).on.workflow_call?.inputs ?? {};
  } catch {
    return undefined; // told by ownReferencesResolve
  }
}

export const inputsAreDeclared: Rule = (workflow, read) =>
  usesOf(workflow).flatMap(({ where, uses, with: given }) => {
    const declared = declaredInputs(uses, read);
    if (declared === undefined) return [];
    const required = Object.entries(declared).filter(([, input]) => input.required && input.default === undefined);
    return [
      ...Object.keys(given)
        .filter((name) => !(name in declared))
        .map((name) => `${where} gives ${name}, which ${uses.split("@")[0]} does not take.`),
      ...required
        .filter(([name]) => !(name in given))
        .map(([name]) => `${where} must give ${name} to ${uses.split("@")[0]}.`),
    ];
  });

/** GitHub refuses a literal of another type at run time only: `"true"` is no boolean, `60` no string. */
export const literalsHaveTheDeclaredType: Rule = (workflow, read) =>
  usesOf(workflow)
    .filter(({ uses }) => isWorkflowCall(uses))
    .flatMap(({ where, uses, with: given }) => {
      const declared = declaredInputs(uses, read) ?? {};
      return Object.entries(given).flatMap(([name, value]) => {
        const type = declared[name]?.type;
        const isExpression = typeof value === "string" && value.includes("${{");
        return type === undefined || isExpression || typeof value === type
          ? []
          : [`${where} gives ${name} the ${typeof value} ${JSON.stringify(value)}; it wants a ${type}.`];
      });
    });

/** Every input says what it is, and its default is of its type. */
export const declarationsAreComplete: Rule = ({ on }) =>
  Object.entries({ ...on?.workflow_call?.inputs, ...on?.workflow_dispatch?.inputs }).flatMap(([name, input]) => [
    ...(input.description ? [] : [`Input ${name} has no description.`]),
    ...(input.type === undefined ? [`Input ${name} has no type.`] : []),
    ...(input.default === undefined || input.type === undefined || typeof input.default === input.type
      ? []
      : [`Input ${name} is a ${input.type} and its default ${JSON.stringify(input.default)} is not.`]),
  ]);

/** An input or secret that nothing reads is a promise not kept. */
export const declarationsAreUsed: Rule = (workflow) => {
  const { inputs = {}, secrets = {} } = workflow.on?.workflow_call ?? {};
  const jobs = JSON.stringify(workflow.jobs);
  const unused = (context: string, names: readonly string[]) =>
    names
      .filter((name) => !new RegExp(`\\b${context}\\.${name}(?![\\w-])`).test(jobs))
      .map((name) => `Nothing reads ${context}.${name}.`);
  return [...unused("inputs", Object.keys(inputs)), ...unused("secrets", Object.keys(secrets))];
};

/** A misspelt output is an empty string on GitHub, not an error. */
export const outputsExist: Rule = (workflow, read) =>
  jobsOf(workflow).flatMap(([id, job]) => {
    const steps = new Map(stepsOf(job).map((step) => [step.id, step]));
    const references = JSON.stringify(job).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g);
    return [...new Map([...references].map((match) => [match[0], match])).values()].flatMap(([text, step, output]) => {
      const uses = steps.get(step)?.uses;
      const foreign = pins[uses?.split("@")[0] ?? ""]?.outputs ?? [];
      if (output !== undefined && foreign.includes(output)) return [];
      if (uses === undefined || !isSelfReference(uses))
        return [`Job ${id} reads ${text}, and there is no such step of ours.`];
      try {
        return output !== undefined && output in (readAction(read(targetOf(uses))).outputs ?? {})
          ? []
          : [`Job ${id} reads ${text}, which ${uses} does not give.`];
      } catch {
        return []; // told by ownReferencesResolve
      }
    });
  });
