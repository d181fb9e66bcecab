import { falsy } from "@actions/expressions/result";
import { evaluate, evaluateToken } from "./expressions.ts";
import { annotate, type JobRuntime, stepScope } from "./job-runtime.ts";
import type { StepRecord } from "./progress.ts";
import { type PostStep, runStep, type StepOutcome } from "./run-step.ts";
import type { RunStep, Step, UsesStep } from "./workflow.ts";

export interface StepsOutcome {
  readonly steps: readonly StepRecord[];
  readonly summary: string;
}

interface BackgroundStep {
  readonly outcome: Promise<StepOutcome>;
  readonly cancel: AbortController;
}

/** Runs the steps of a job, then what they left to do afterwards, the last one first. */
export async function runSteps(steps: readonly Step[], runtime: JobRuntime): Promise<StepsOutcome> {
  const records: StepRecord[] = [];
  const summaries: string[] = [];
  const posts: PostStep[] = [];
  const background = new Map<string, BackgroundStep>();

  const takeIn = (outcome: StepOutcome, forgiven = false): void => {
    const { record } = outcome;
    records.push(record);
    runtime.steps = { ...runtime.steps, ...visible(record) };
    runtime.env = { ...runtime.env, ...outcome.env };
    runtime.path = [...outcome.path, ...runtime.path];
    if (outcome.summary !== "") summaries.push(outcome.summary);
    if (outcome.post !== undefined) posts.unshift(outcome.post);
    if (runtime.signal.aborted) runtime.status = "cancelled";
    else if (record.conclusion === "failure" && !forgiven) runtime.status = "failure";
  };
  const waitFor = async (ids: readonly string[], forgiven: boolean): Promise<void> => {
    for (const id of ids) {
      const step = background.get(id);
      background.delete(id);
      if (step !== undefined) takeIn(await step.outcome, forgiven);
    }
  };

  for (const [at, step] of steps.entries()) {
    switch (step.kind) {
      case "uses":
      case "run":
        if (step.background) background.set(step.id || `#${at}`, startInBackground(step, runtime));
        else takeIn(await runStep(step, runtime));
        break;
      case "parallel":
        for (const outcome of await Promise.all(step.steps.map((one) => runStep(one, runtime)))) takeIn(outcome);
        break;
      case "wait":
      case "wait-all": {
        if (runtime.status !== "success") break;
        const scope = stepScope(runtime, runtime.env);
        const forgiven = step.continueOnError !== undefined && evaluateToken(step.continueOnError, scope) === true;
        await waitFor(step.kind === "wait" ? step.ids : [...background.keys()], forgiven);
        break;
      }
      case "cancel":
        if (runtime.status === "success") background.get(step.id)?.cancel.abort();
        break;
    }
  }
  // A job does not end before its background steps do.
  await waitFor([...background.keys()], false);
  for (const post of posts) await runPost(post, runtime);
  return { steps: records, summary: summaries.join("\n") };
}

function startInBackground(step: UsesStep | RunStep, runtime: JobRuntime): BackgroundStep {
  const cancel = new AbortController();
  return { outcome: runStep(step, runtime, cancel.signal), cancel };
}

async function runPost(post: PostStep, runtime: JobRuntime): Promise<void> {
  if (falsy(evaluate(post.if, stepScope(runtime, runtime.env)))) return;
  try {
    await post.run();
  } catch (error) {
    if (error instanceof Error && error.message !== "") annotate(runtime, post.name, "error", error.message);
    runtime.status = "failure";
  }
}

function visible(record: StepRecord): JobRuntime["steps"] {
  if (record.id === "") return {};
  const { outputs, outcome, conclusion } = record;
  return { [record.id]: { outputs, outcome, conclusion } };
}
