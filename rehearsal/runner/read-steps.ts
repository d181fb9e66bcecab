import { type ActionSources, findAction, knownInputs } from "./action.ts";
import { Refusal } from "./refusal.ts";
import { entries, fields, items, literalText, type TemplateToken } from "./tokens.ts";
import type { RunStep, Step, UsesStep } from "./workflow.ts";
import type { WorkflowOrigin } from "./workflow-origin.ts";

/** How many steps GitHub runs at once in one job. */
const maximumAtOnce = 10;

/** Reads a job's steps and finds the actions they use; throws a Refusal for what the rehearsal does not know. */
export function readSteps(
  token: TemplateToken | undefined,
  where: string,
  origin: WorkflowOrigin,
  sources: ActionSources,
): readonly Step[] {
  const steps = items(token).map((item, at) => readStep(item, `${where}, step ${at + 1}`, origin, sources));
  if (steps.filter((step) => "background" in step && step.background).length > maximumAtOnce) {
    throw new Refusal(`${where}: more than ${maximumAtOnce} steps in the background.`);
  }
  return steps;
}

function readStep(token: TemplateToken, where: string, origin: WorkflowOrigin, sources: ActionSources): Step {
  const keys = entries(token).map(([key]) => key);
  if (keys.includes("parallel")) {
    const { parallel } = fields(token, where, ["parallel"]);
    const steps = items(parallel).map((item) => readWorkStep(item, where, origin, sources));
    if (steps.length > maximumAtOnce) throw new Refusal(`${where}: more than ${maximumAtOnce} steps at once.`);
    return { kind: "parallel", steps };
  }
  if (keys.includes("wait")) {
    const parts = fields(token, where, ["id", "name", "continue-on-error", "wait"]);
    return { kind: "wait", ids: items(parts.wait).map(String), continueOnError: parts["continue-on-error"] };
  }
  if (keys.includes("wait-all")) {
    const parts = fields(token, where, ["id", "name", "continue-on-error", "wait-all"]);
    return { kind: "wait-all", continueOnError: parts["continue-on-error"] };
  }
  if (keys.includes("cancel")) {
    const parts = fields(token, where, ["id", "name", "continue-on-error", "cancel"]);
    return { kind: "cancel", id: literalText(parts.cancel) ?? "" };
  }
  return readWorkStep(token, where, origin, sources);
}

function readWorkStep(
  token: TemplateToken,
  where: string,
  origin: WorkflowOrigin,
  sources: ActionSources,
): UsesStep | RunStep {
  const everyStep = ["id", "name", "if", "env", "timeout-minutes", "continue-on-error", "background"] as const;
  const parts = fields(token, where, [...everyStep, "uses", "with", "run", "shell", "working-directory"]);
  const step = {
    id: literalText(parts.id) ?? "",
    name: parts.name,
    if: parts.if,
    env: parts.env,
    timeoutMinutes: parts["timeout-minutes"],
    continueOnError: parts["continue-on-error"],
    background: literalText(parts.background) === "true",
  };
  if (parts.run !== undefined) {
    const shell = literalText(parts.shell) ?? "bash";
    if (shell !== "bash" && shell !== "sh")
      throw new Refusal(`${where}: the rehearsal does not know the shell \`${shell}\`.`);
    return { ...step, kind: "run", run: parts.run, shell: parts.shell, workingDirectory: parts["working-directory"] };
  }
  const uses = literalText(parts.uses) ?? "";
  const action = findAction(uses, origin, sources, where);
  const known = knownInputs(action).map((name) => name.toLowerCase());
  for (const [name] of entries(parts.with)) {
    if (!known.includes(name.toLowerCase())) throw new Refusal(`${where}: \`${uses}\` has no input \`${name}\`.`);
  }
  return { ...step, kind: "uses", uses, action, with: parts.with };
}
