import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FeatureFlags } from "@actions/expressions/features";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { TemplateToken } from "@actions/workflow-parser/templates/tokens/index";
import type { ActionSources } from "./action.ts";
import { cacheModes } from "./cache-mode.ts";
import { conditionText, refuseUnknownFunctions } from "./expressions.ts";
import { readPermissions } from "./permissions.ts";
import { readSteps } from "./read-steps.ts";
import { Refusal } from "./refusal.ts";
import { entries, fields, isExpression, isMapping, items, literalText } from "./tokens.ts";
import type { CallContract, InputContract, Job, RunDefaults, Workflow } from "./workflow.ts";
import type { WorkflowOrigin } from "./workflow-origin.ts";
import { workflowSchema } from "./workflow-schema.ts";

/** GitHub's limit for a workflow that calls a workflow that calls a workflow: the first and nine more. */
const maximumDepth = 10;

/** GitHub's cache is not there in a rehearsal, so the mode is read and has no effect. */

/**
 * Reads a workflow file with GitHub's own parser, and all that it calls. Throws a Refusal if GitHub would not take it, or
 * if it has something the rehearsal does not know: nothing is guessed and nothing has run by then.
 */
export async function readWorkflow(origin: WorkflowOrigin, sources: ActionSources, depth = 1): Promise<Workflow> {
  const file = join(origin.root, origin.path);
  const where = origin.path;
  if (!existsSync(file)) throw new Refusal(`There is no workflow \`${origin.path}\` in ${origin.repository}.`);
  if (depth > maximumDepth) throw new Refusal(`${where}: workflows call each other more than ${maximumDepth} deep.`);
  const root = await parse(where, readFileSync(file, "utf8"));
  const parts = fields(root, where, [
    ...(["on", "name", "description", "run-name", "defaults", "env", "permissions", "concurrency", "jobs"] as const),
    "cache-mode",
  ]);
  refuseFunctions(root, where);
  const jobs = new Map<string, Job>();
  for (const [id, token] of entries(parts.jobs)) {
    jobs.set(id, await readJob(id, token, `${where}, job \`${id}\``, origin, sources, depth));
  }
  const on = parts.on as TemplateToken;
  return {
    origin,
    name: literalText(parts.name) ?? origin.path,
    on,
    call: readCallContract(on, where),
    env: parts.env,
    permissions: readPermissions(parts.permissions),
    concurrency: parts.concurrency,
    defaults: readDefaults(parts.defaults, where),
    jobs,
  };
}

async function parse(name: string, content: string): Promise<TemplateToken> {
  const featureFlags = new FeatureFlags({ all: true });
  const context = new TemplateContext(new TemplateValidationErrors(), workflowSchema(), new NoOperationTraceWriter());
  context.state.featureFlags = featureFlags;
  const { value } = parseWorkflow({ name, content }, context);
  // Finds what spans several places: circular needs, unknown ids, steps that wait for nothing.
  if (value !== undefined) await convertWorkflowTemplate(context, value, undefined, { featureFlags });
  const [error] = context.errors.getErrors();
  if (error !== undefined) throw new Refusal(`GitHub would not take this workflow: ${error.message}`);
  return value as TemplateToken;
}

async function readJob(
  id: string,
  token: TemplateToken,
  where: string,
  origin: WorkflowOrigin,
  sources: ActionSources,
  depth: number,
): Promise<Job> {
  const everyJob = ["name", "needs", "if", "permissions", "concurrency", "strategy", "cache-mode"] as const;
  const calls = entries(token).some(([key]) => key === "uses");
  const own = calls
    ? (["uses", "with", "secrets"] as const)
    : (["runs-on", "timeout-minutes", "continue-on-error", "env", "outputs", "defaults", "steps"] as const);
  const parts = fields(token, where, [...everyJob, ...own]);
  const strategy = parts.strategy === undefined ? {} : fields(parts.strategy, where, ["matrix", "fail-fast"]);
  if (strategy["fail-fast"] !== undefined && isExpression(strategy["fail-fast"])) {
    throw new Refusal(`${where}: the rehearsal does not know \`fail-fast\` with an expression.`);
  }
  const asked = literalText(parts["cache-mode"]);
  const cacheMode = cacheModes.find((mode) => mode === asked);
  if (asked !== undefined && cacheMode === undefined) {
    throw new Refusal(`${where}: \`cache-mode\` is ${cacheModes.join(", ")}, not \`${asked}\`.`);
  }
  const job = {
    id,
    name: parts.name,
    needs: items(parts.needs).map(String),
    if: parts.if,
    permissions: readPermissions(parts.permissions),
    cacheMode,
    concurrency: parts.concurrency,
    matrix: strategy.matrix,
    failFast: literalText(strategy["fail-fast"]) !== "false",
  };
  if (parts.uses !== undefined) {
    const workflow = await readWorkflow(locate(parts.uses.toString(), origin, sources, where), sources, depth + 1);
    const secrets = parts.secrets === undefined ? undefined : isMapping(parts.secrets) ? parts.secrets : "inherit";
    const call = { ...job, kind: "call", workflow, with: parts.with, secrets } as const;
    checkCall(call, where);
    return call;
  }
  return {
    ...job,
    kind: "steps",
    runsOn: parts["runs-on"] as TemplateToken,
    timeoutMinutes: parts["timeout-minutes"],
    continueOnError: parts["continue-on-error"],
    env: parts.env,
    outputs: parts.outputs,
    defaults: readDefaults(parts.defaults, where),
    steps: readSteps(parts.steps, where, origin, sources),
  };
}

function locate(uses: string, origin: WorkflowOrigin, sources: ActionSources, where: string): WorkflowOrigin {
  const [, local] = /^(?:\$\/|\.\/)(\.github\/workflows\/[^/@]+)$/.exec(uses) ?? [];
  if (local !== undefined) return { ...origin, path: local };
  const [, repository = "", path = ""] = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[^/@]+)@.+$/.exec(uses) ?? [];
  const root = sources.checkouts[repository];
  if (root === undefined) throw new Refusal(`${where}: \`${uses}\` is no workflow the rehearsal has at hand.`);
  return { repository, root, path };
}

function checkCall(call: Extract<Job, { kind: "call" }>, where: string): void {
  const path = call.workflow.origin.path;
  const contract = call.workflow.call;
  if (contract === undefined) throw new Refusal(`${where}: \`${path}\` has no \`on: workflow_call\`.`);
  const given = entries(call.with).map(([key]) => key);
  for (const input of given) {
    if (!contract.inputs.has(input)) throw new Refusal(`${where}: \`${path}\` has no input \`${input}\`.`);
  }
  for (const [input, { required }] of contract.inputs) {
    if (required && !given.includes(input)) throw new Refusal(`${where}: \`${path}\` needs the input \`${input}\`.`);
  }
  if (call.secrets === "inherit") return;
  const secrets = entries(call.secrets).map(([key]) => key);
  for (const secret of secrets) {
    if (!contract.secrets.has(secret)) throw new Refusal(`${where}: \`${path}\` has no secret \`${secret}\`.`);
  }
  for (const [secret, { required }] of contract.secrets) {
    if (required && !secrets.includes(secret))
      throw new Refusal(`${where}: \`${path}\` needs the secret \`${secret}\`.`);
  }
}

function readCallContract(on: TemplateToken, where: string): CallContract | undefined {
  const found = entries(on).find(([event]) => event === "workflow_call");
  if (found === undefined) {
    return items(on).some((event) => event.toString() === "workflow_call") ? emptyContract : undefined;
  }
  const parts = isMapping(found[1]) ? fields(found[1], where, ["inputs", "secrets", "outputs"]) : {};
  return {
    inputs: new Map(
      entries(parts.inputs).map(([name, about]) => [name, readInput(about, `${where}, input \`${name}\``)]),
    ),
    secrets: new Map(
      entries(parts.secrets).map(([name, about]) => [
        name,
        { required: entries(about).some(([key, value]) => key === "required" && value.toString() === "true") },
      ]),
    ),
    outputs: new Map(
      entries(parts.outputs).map(([name, about]) => [
        name,
        fields(about, where, ["description", "value"]).value as TemplateToken,
      ]),
    ),
  };
}

const emptyContract: CallContract = { inputs: new Map(), secrets: new Map(), outputs: new Map() };

function readInput(about: TemplateToken, where: string): InputContract {
  const parts = fields(about, where, ["description", "type", "default", "required", "deprecationMessage"]);
  const type = literalText(parts.type);
  if (type !== "string" && type !== "boolean" && type !== "number") throw new Refusal(`${where}: its type is missing.`);
  return { type, required: literalText(parts.required) === "true", default: parts.default };
}

function readDefaults(token: TemplateToken | undefined, where: string): RunDefaults {
  const run = token === undefined ? undefined : fields(token, where, ["run"]).run;
  const { shell, "working-directory": workingDirectory } =
    run === undefined ? {} : fields(run, where, ["shell", "working-directory"]);
  return { ...(shell === undefined ? {} : { shell }), ...(workingDirectory === undefined ? {} : { workingDirectory }) };
}

function refuseFunctions(root: TemplateToken, where: string): void {
  for (const [, token, key] of TemplateToken.traverse(root)) {
    if (isExpression(token)) refuseUnknownFunctions(token.expression, where);
    else if (key?.toString() === "if") refuseUnknownFunctions(conditionText(token), where);
  }
}
