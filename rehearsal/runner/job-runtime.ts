import type { CacheMode } from "./cache-mode.ts";
import type { Plain, PlainMap, Scope } from "./expressions.ts";
import type { Masks } from "./masks.ts";
import type { Annotation, Progress, Result } from "./progress.ts";
import type { AnnotationLevel } from "./workflow-commands.ts";

/** One job while it runs. What steps change is changed between steps, by the job alone. */
export interface JobRuntime {
  /** `image / amd64`. */
  readonly job: string;
  readonly folder: string;
  readonly workspace: string;
  readonly artifacts: string;
  readonly masks: Masks;
  /** PATH, DOCKER_HOST and the like. */
  readonly machine: Readonly<Record<string, string>>;
  /** What the runner tells each step: `GITHUB_*`, `RUNNER_*`, `CI`. */
  readonly runner: Readonly<Record<string, string>>;
  /** Contexts that stay the same: github, inputs, needs, job, runner, secrets, matrix, strategy, vars. */
  readonly contexts: PlainMap;
  readonly cacheMode: CacheMode;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly annotations: Annotation[];
  /** From `env` of workflow and job, and GITHUB_ENV. */
  env: Record<string, string>;
  /** From GITHUB_PATH. */
  path: string[];
  steps: Record<string, Plain>;
  status: Exclude<Result, "skipped">;
}

/** What a step's expressions see; `env` is the step's own. */
export function stepScope(runtime: JobRuntime, env: Readonly<Record<string, string>>): Scope {
  return {
    contexts: { ...runtime.contexts, steps: runtime.steps, env },
    status: {
      success: () => runtime.status === "success",
      failure: () => runtime.status === "failure",
      cancelled: () => runtime.status === "cancelled",
    },
  };
}

export function printLine(runtime: JobRuntime, step: string, text: string): void {
  runtime.report({ type: "line", job: runtime.job, step, text: runtime.masks.hide(text) });
}

export function annotate(runtime: JobRuntime, step: string, level: AnnotationLevel, message: string, title = ""): void {
  const hide = runtime.masks.hide;
  const annotation = { job: runtime.job, step, level, title: hide(title), message: hide(message) };
  runtime.annotations.push(annotation);
  runtime.report({ type: "annotation", ...annotation });
}
