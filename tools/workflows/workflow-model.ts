import { type Document, parse, parseDocument } from "yaml";
import { isSelfReference, publishedAs, selfPath } from "./references.ts";
import type { ReadFile } from "./workflow-files.ts";

/** A workflow as written. Anchors are resolved; values are whatever the YAML says. */
export interface Workflow {
  readonly path: string;
  readonly kind: "product" | "part" | "own" | "example";
  readonly text: string;
  /** With comments and positions. */
  readonly document: Document;
  readonly name: string;
  readonly on: {
    readonly workflow_call?: Call | null;
    readonly workflow_dispatch?: Pick<Call, "inputs"> | null;
  };
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Call {
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly secrets?: Readonly<Record<string, { readonly description?: string; readonly required?: boolean }>>;
  readonly outputs?: Readonly<Record<string, { readonly description?: string; readonly value: string }>>;
}

export interface Input {
  readonly description?: string;
  readonly type?: "string" | "boolean" | "number";
  readonly required?: boolean;
  readonly default?: unknown;
}

export type Level = "read" | "write";
export type Permissions = Readonly<Record<string, Level>>;

export interface Concurrency {
  readonly group: string;
  readonly queue?: string;
  readonly "cancel-in-progress"?: unknown;
}

export interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: unknown;
  readonly "cache-mode"?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  /** A call of another workflow. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: "inherit" | Readonly<Record<string, string>>;
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly parallel?: readonly Step[];
}

/** The contract of a step, its `action.yml`. */
export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs?: Readonly<Record<string, { description: string; required?: boolean; default?: unknown }>>;
  readonly outputs?: Readonly<Record<string, { description: string }>>;
  readonly runs: {
    readonly using: string;
    readonly main: string;
    /** The same file again, when the job ends. */
    readonly post?: string;
    readonly "post-if"?: string;
  };
}

function kindOf(path: string): Workflow["kind"] {
  if (path.startsWith("examples/")) return "example";
  const name = path.split("/").at(-1) ?? "";
  if (name.startsWith("self-")) return "own";
  return name.startsWith("_") ? "part" : "product";
}

/** Reads a workflow's text. Throws on text that is not YAML. */
export function readWorkflow(path: string, text: string): Workflow {
  const written = parse(text) as Pick<Workflow, "name" | "on" | "permissions" | "concurrency" | "jobs">;
  return { ...written, path, kind: kindOf(path), text, document: parseDocument(text) };
}

export function readAction(text: string): Action {
  return parse(text) as Action;
}

/** All jobs as pairs of id and job. */
export function jobsOf(workflow: Workflow): readonly (readonly [string, Job])[] {
  return Object.entries(workflow.jobs ?? {});
}

/** All steps of a job, also those that run in parallel. */
export function stepsOf(job: Job): readonly Step[] {
  return (job.steps ?? []).flatMap((step) => step.parallel ?? [step]);
}

/** Every `uses:` of a workflow with its inputs: calls of workflows and steps. */
export function usesOf(
  workflow: Workflow,
): readonly { readonly where: string; readonly uses: string; readonly with: Readonly<Record<string, unknown>> }[] {
  return jobsOf(workflow).flatMap(([id, job]) => [
    ...(job.uses === undefined ? [] : [{ where: id, uses: job.uses, with: job.with ?? {} }]),
    ...stepsOf(job).flatMap((step) =>
      step.uses === undefined
        ? []
        : [{ where: `${id}, ${step.name ?? step.uses}`, uses: step.uses, with: step.with ?? {} }],
    ),
  ]);
}

/** Is it a workflow that is called (not a step)? */
export function isWorkflowCall(uses: string): boolean {
  return uses.startsWith("$/.github/workflows/") || uses.startsWith(`${publishedAs}/.github/workflows/`);
}

/** Paths and values of everything in a value that is neither list nor mapping: `steps.0.with.ref`. */
export function leavesOf(value: unknown, path = ""): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, item]) => [...leavesOf(item, path === "" ? key : `${path}.${key}`)]),
  );
}

/** The jobs of the workflow of ours that a job calls; none where it calls none, or one that does not exist. */
export function jobsCalledBy({ uses }: Job, read: ReadFile): readonly Job[] {
  if (uses === undefined || !isWorkflowCall(uses) || !isSelfReference(uses)) return [];
  try {
    return Object.values(readWorkflow(selfPath(uses), read(selfPath(uses))).jobs ?? {});
  } catch {
    return []; // told by ownReferencesResolve
  }
}
