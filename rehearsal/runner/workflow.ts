import type { Action } from "./action.ts";
import type { CacheMode } from "./cache-mode.ts";
import type { Permissions } from "./permissions.ts";
import type { MappingToken, TemplateToken } from "./tokens.ts";
import type { WorkflowOrigin } from "./workflow-origin.ts";

/** A workflow file, read; expressions are still to be evaluated, and all that it calls is found. */
export interface Workflow {
  readonly origin: WorkflowOrigin;
  readonly name: string;
  readonly on: TemplateToken;
  readonly call: CallContract | undefined;
  readonly env: TemplateToken | undefined;
  readonly permissions: Permissions | undefined;
  readonly concurrency: TemplateToken | undefined;
  readonly defaults: RunDefaults;
  readonly jobs: ReadonlyMap<string, Job>;
}

/** What `on.workflow_call` offers. */
export interface CallContract {
  readonly inputs: ReadonlyMap<string, InputContract>;
  readonly secrets: ReadonlyMap<string, { readonly required: boolean }>;
  readonly outputs: ReadonlyMap<string, TemplateToken>;
}

export interface InputContract {
  readonly type: "string" | "boolean" | "number";
  readonly required: boolean;
  readonly default: TemplateToken | undefined;
}

export interface RunDefaults {
  readonly shell?: TemplateToken;
  readonly workingDirectory?: TemplateToken;
}

export type Job = StepsJob | CallJob;

interface AnyJob {
  readonly id: string;
  readonly name: TemplateToken | undefined;
  readonly needs: readonly string[];
  readonly if: TemplateToken | undefined;
  readonly permissions: Permissions | undefined;
  readonly cacheMode: CacheMode | undefined;
  readonly concurrency: TemplateToken | undefined;
  readonly matrix: TemplateToken | undefined;
  readonly failFast: boolean;
}

export interface StepsJob extends AnyJob {
  readonly kind: "steps";
  readonly runsOn: TemplateToken;
  readonly timeoutMinutes: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly env: TemplateToken | undefined;
  readonly outputs: TemplateToken | undefined;
  readonly defaults: RunDefaults;
  readonly steps: readonly Step[];
}

/** A job that calls a reusable workflow. */
export interface CallJob extends AnyJob {
  readonly kind: "call";
  readonly workflow: Workflow;
  readonly with: TemplateToken | undefined;
  readonly secrets: "inherit" | MappingToken | undefined;
}

export type Step = UsesStep | RunStep | ParallelStep | WaitStep | WaitAllStep | CancelStep;

export interface WorkStep {
  readonly id: string;
  readonly name: TemplateToken | undefined;
  readonly if: TemplateToken | undefined;
  readonly env: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly background: boolean;
}

export interface UsesStep extends WorkStep {
  readonly kind: "uses";
  readonly uses: string;
  readonly action: Action;
  readonly with: TemplateToken | undefined;
}

export interface RunStep extends WorkStep {
  readonly kind: "run";
  readonly run: TemplateToken;
  readonly shell: TemplateToken | undefined;
  readonly workingDirectory: TemplateToken | undefined;
}

export interface ParallelStep {
  readonly kind: "parallel";
  readonly steps: readonly (UsesStep | RunStep)[];
}

export interface WaitStep {
  readonly kind: "wait";
  readonly ids: readonly string[];
  readonly continueOnError: TemplateToken | undefined;
}

export interface WaitAllStep {
  readonly kind: "wait-all";
  readonly continueOnError: TemplateToken | undefined;
}

export interface CancelStep {
  readonly kind: "cancel";
  readonly id: string;
}
