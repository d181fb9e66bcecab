import { writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import type { OwnAction } from "./action.ts";
import { type CommandFiles, maximumSummaryBytes, openCommandFiles, type StepWords } from "./command-files.ts";
import {
  evaluateCondition,
  evaluateText,
  evaluateTexts,
  evaluateToken,
  interpolate,
  type Scope,
} from "./expressions.ts";
import { annotate, type JobRuntime, printLine, stepScope } from "./job-runtime.ts";
import type { Result, StepRecord } from "./progress.ts";
import { StepFailure } from "./refusal.ts";
import { runProcess } from "./run-process.ts";
import type { StandIn } from "./stand-in.ts";
import type { TemplateToken } from "./tokens.ts";
import type { RunStep, UsesStep } from "./workflow.ts";
import { startLineReader } from "./workflow-commands.ts";

/** A step that ended, and what it leaves to the job: the job takes it in when the step is waited for. */
export interface StepOutcome {
  readonly record: StepRecord;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  /** Masked. */
  readonly summary: string;
  /** What is to be done after the job's last step. */
  readonly post?: PostStep;
}

export interface PostStep {
  readonly name: string;
  readonly if: string;
  run(): Promise<void>;
}

interface Attempt {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly scope: Scope;
  readonly signal: AbortSignal;
}

interface Performed {
  readonly words: StepWords;
  readonly post?: PostStep;
}

const nothingSaid: StepWords = { outputs: {}, env: {}, state: {}, path: [], summary: "" };

/** Runs one step as a runner would: its `if`, then its process or stand-in. Never throws for a step that fails. */
export async function runStep(
  step: UsesStep | RunStep,
  runtime: JobRuntime,
  cancel?: AbortSignal,
): Promise<StepOutcome> {
  const start = performance.now();
  const uses = step.kind === "uses" ? step.uses : "";
  let name = uses;
  let outcome: Result = "failure";
  let performed: Performed = { words: nothingSaid };
  let forgiven = false;
  let started = false;
  try {
    const outer = stepScope(runtime, runtime.env);
    const env = { ...runtime.env, ...evaluateTexts(step.env, outer) };
    const scope = stepScope(runtime, env);
    name = stepName(step, scope);
    if (!evaluateCondition(step.if, scope)) {
      outcome = "skipped";
    } else {
      started = true;
      runtime.report({ type: "step-started", job: runtime.job, step: name });
      forgiven = step.continueOnError !== undefined && evaluateToken(step.continueOnError, scope) === true;
      const limit = startLimit(step.timeoutMinutes, scope, [runtime.signal, ...(cancel === undefined ? [] : [cancel])]);
      try {
        performed = await perform(step, runtime, { name, env, scope, signal: limit.signal });
        outcome = "success";
      } catch (error) {
        if (limit.timedOut()) throw new StepFailure(`The step has timed out after ${limit.minutes} minutes.`);
        if (limit.signal.aborted) outcome = "cancelled";
        else throw error;
      }
    }
  } catch (error) {
    if (error instanceof StepEnd) performed = { words: error.words };
    const message = error instanceof Error ? error.message : String(error);
    if (message !== "") annotate(runtime, name, "error", message);
  }
  const ms = performance.now() - start;
  if (started) runtime.report({ type: "step-ended", job: runtime.job, step: name, outcome, ms });
  const { words, post } = performed;
  const conclusion = outcome === "failure" && forgiven ? "success" : outcome;
  return {
    record: { name, id: step.id, uses, outcome, conclusion, ms, outputs: words.outputs },
    env: words.env,
    path: words.path,
    summary: readSummary(words.summary, name, runtime),
    ...(post === undefined ? {} : { post }),
  };
}

/** A process that ended with another exit code than 0; what it had said by then still counts. */
class StepEnd extends StepFailure {
  readonly words: StepWords;
  constructor(words: StepWords, message: string) {
    super(message);
    this.words = words;
  }
}

function perform(step: UsesStep | RunStep, runtime: JobRuntime, attempt: Attempt): Promise<Performed> {
  if (step.kind === "run") return performScript(step, runtime, attempt);
  const given = evaluateTexts(step.with, attempt.scope);
  return step.action.kind === "own"
    ? performAction(step.action, given, runtime, attempt)
    : performStandIn(step.action.standIn, given, runtime, attempt);
}

async function performScript(step: RunStep, runtime: JobRuntime, attempt: Attempt): Promise<Performed> {
  const files = await openCommandFiles(runtime.folder);
  const script = join(runtime.folder, `script-${Math.random().toString(36).slice(2)}.sh`);
  await writeFile(script, evaluateText(step.run, attempt.scope));
  const shell = step.shell === undefined ? undefined : evaluateText(step.shell, attempt.scope);
  // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference
  const [program, args] =
    shell === "sh"
      ? (["sh", ["-e", script]] as const)
      : (["bash", shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail", script] : ["-e", script]] as const);
  const folder = step.workingDirectory === undefined ? "." : evaluateText(step.workingDirectory, attempt.scope);
  const env = stepEnvironment(runtime, attempt, files, { GITHUB_ACTION: "__run" });
  const cwd = resolve(runtime.workspace, folder);
  return { words: await runToEnd(program, args, cwd, env, files, runtime, attempt) };
}

async function performAction(
  action: OwnAction,
  given: Readonly<Record<string, string>>,
  runtime: JobRuntime,
  attempt: Attempt,
): Promise<Performed> {
  const inputs = completeInputs(action, given, runtime, attempt);
  const [owner = "", name = ""] = action.name.split("/");
  const env: Record<string, string> = {
    ...actionVariables(runtime),
    GITHUB_ACTION: "__self",
    GITHUB_ACTION_REPOSITORY: `${owner}/${name}`,
    GITHUB_ACTION_PATH: action.folder,
  };
  for (const [name, value] of Object.entries(inputs)) env[inputVariable(name)] = value;
  const run = async (file: string, state: StepWords["state"], signal = attempt.signal): Promise<StepWords> => {
    const files = await openCommandFiles(runtime.folder);
    const states = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
    const complete = stepEnvironment(runtime, attempt, files, { ...env, ...states });
    return runToEnd(process.execPath, [file], runtime.workspace, complete, files, runtime, { ...attempt, signal });
  };
  const before = action.pre === undefined ? nothingSaid : await run(action.pre, {});
  const words = await run(action.main, before.state);
  const { post } = action;
  if (post === undefined) return { words };
  const afterwards: PostStep = {
    name: `Post ${attempt.name}`,
    if: action.postIf ?? "always()",
    // Also where the job was cancelled.
    run: async () => void (await run(post, { ...before.state, ...words.state }, new AbortController().signal)),
  };
  return { words, post: afterwards };
}

async function performStandIn(
  standIn: StandIn,
  given: Readonly<Record<string, string>>,
  runtime: JobRuntime,
  attempt: Attempt,
): Promise<Performed> {
  const files = await openCommandFiles(runtime.folder);
  const result = await standIn.run({
    inputs: { ...standIn.inputs, ...given },
    env: stepEnvironment(runtime, attempt, files, actionVariables(runtime)),
    artifacts: runtime.artifacts,
    cacheMode: runtime.cacheMode,
    signal: attempt.signal,
    print: (line) => printLine(runtime, attempt.name, line),
    mask: (secret) => runtime.masks.add(secret),
  });
  const words = { ...nothingSaid, outputs: result.outputs ?? {} };
  return result.post === undefined
    ? { words }
    : { words, post: { name: `Post ${attempt.name}`, if: result.postIf ?? "always()", run: result.post } };
}

/** What the runner gives to actions, and to no shell, for GitHub's services of artifacts and caches. */
function actionVariables({ runner }: JobRuntime): Record<string, string> {
  return {
    ACTIONS_RUNTIME_TOKEN: "runtime-token-of-the-rehearsal",
    ACTIONS_RESULTS_URL: `${runner.GITHUB_API_URL}/`,
    ACTIONS_CACHE_SERVICE_V2: "True",
  };
}

/** Inputs that are given, and the defaults of the others; names keep the case of the `action.yml`. */
function completeInputs(
  action: OwnAction,
  given: Readonly<Record<string, string>>,
  runtime: JobRuntime,
  attempt: Attempt,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, input] of action.inputs) {
    const value = Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    if (value !== undefined) values[name] = value;
    else if (input.default !== undefined) values[name] = interpolate(input.default, attempt.scope);
    // A runner only warns; it is the action that must refuse.
    else if (input.required) annotate(runtime, attempt.name, "warning", `Input required and not supplied: ${name}`);
  }
  return values;
}

/** As the runner makes it: upper case, spaces become `_`, hyphens stay. */
function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}

/** The whole environment of a step's process. */
function stepEnvironment(
  runtime: JobRuntime,
  attempt: Attempt,
  files: CommandFiles,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const path = [...runtime.path, runtime.machine.PATH ?? ""].join(delimiter);
  return { ...runtime.machine, PATH: path, ...attempt.env, ...runtime.runner, ...files.env, ...own };
}

async function runToEnd(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  files: CommandFiles,
  runtime: JobRuntime,
  attempt: Attempt,
): Promise<StepWords> {
  const read = startLineReader();
  let complained = false;
  const onLine = (text: string): void => {
    const line = read(text);
    switch (line.kind) {
      case "annotation":
        complained ||= line.level === "error";
        annotate(runtime, attempt.name, line.level, line.message, line.title);
        break;
      case "mask":
        runtime.masks.add(line.secret);
        break;
      case "group":
        printLine(runtime, attempt.name, line.title);
        break;
      case "text":
        printLine(runtime, attempt.name, line.text);
        break;
      case "silent":
        break;
    }
  };
  const code = await runProcess({ program, args, cwd, env, onLine, signal: attempt.signal });
  const words = await files.read();
  // A runner always adds this sentence; next to a step's own error it says nothing.
  if (code !== 0) throw new StepEnd(words, complained ? "" : `Process completed with exit code ${code}.`);
  return words;
}

function startLimit(minutes: TemplateToken | undefined, scope: Scope, others: readonly AbortSignal[]) {
  const limit = minutes === undefined ? 0 : Number(evaluateToken(minutes, scope));
  const clock = limit > 0 ? AbortSignal.timeout(limit * 60_000) : undefined;
  return {
    minutes: limit,
    signal: AbortSignal.any([...others, ...(clock === undefined ? [] : [clock])]),
    timedOut: () => clock?.aborted === true,
  };
}

function readSummary(text: string, step: string, runtime: JobRuntime): string {
  if (Buffer.byteLength(text) > maximumSummaryBytes) {
    annotate(runtime, step, "error", "GITHUB_STEP_SUMMARY is above 1 MiB and is dropped.");
    return "";
  }
  return runtime.masks.hide(text);
}

function stepName(step: UsesStep | RunStep, scope: Scope): string {
  if (step.name !== undefined) return evaluateText(step.name, scope);
  if (step.kind === "uses") return `Run ${step.uses.replace(/@.*/, "")}`;
  return `Run ${evaluateText(step.run, scope).split("\n")[0]}`;
}
