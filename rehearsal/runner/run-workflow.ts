import { type CacheMode, narrowMode } from "./cache-mode.ts";
import { callInputs, callSecrets } from "./call-values.ts";
import { type ConcurrencyGroups, readGroup, startConcurrencyGroups } from "./concurrency.ts";
import type { RecordedEvent } from "./event.ts";
import {
  evaluateCondition,
  evaluateText,
  evaluateToken,
  type Plain,
  type PlainMap,
  type Scope,
} from "./expressions.ts";
import { githubContext } from "./github-context.ts";
import { expandMatrix } from "./matrix.ts";
import { excess, type Permissions, readOnly } from "./permissions.ts";
import type { Annotation, JobRecord, Result, RunRecord } from "./progress.ts";
import { readWorkflow } from "./read-workflow.ts";
import { Refusal } from "./refusal.ts";
import { runJob } from "./run-job.ts";
import type { Surroundings } from "./surroundings.ts";
import { dispatchInputs, isTriggered } from "./triggers.ts";
import type { CallContract, Job, Workflow } from "./workflow.ts";

/** One workflow of a run: the entry, or one that a job calls. */
interface Frame {
  readonly workflow: Workflow;
  /** `image / ` for what the job `image` calls. */
  readonly prefix: string;
  readonly inputs: PlainMap;
  readonly secrets: Readonly<Record<string, string>>;
  readonly granted: Permissions;
  readonly cacheMode: CacheMode;
  readonly held: readonly string[];
  readonly signal: AbortSignal;
}

interface Run {
  readonly event: RecordedEvent;
  readonly github: PlainMap;
  readonly surroundings: Surroundings;
  readonly groups: ConcurrencyGroups;
  readonly records: JobRecord[];
  readonly annotations: Annotation[];
}

/** What other jobs see of a job that ended. */
interface Ended {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  /** Whether it called a workflow in which a job was skipped */
  readonly hasSkipped: boolean;
}

/**
 * Runs a workflow of the product repository for an event, as GitHub would: nothing if the event does not start it.
 * Throws a Refusal, before any job starts, where GitHub would not start the run or the rehearsal would have to guess.
 */
export async function runWorkflow(
  path: string,
  event: RecordedEvent,
  surroundings: Surroundings,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunRecord | undefined> {
  const start = performance.now();
  const { repository } = surroundings;
  const root = surroundings.checkouts[repository];
  if (root === undefined) throw new Refusal(`There is no checkout of ${repository}.`);
  const entry = await readWorkflow({ repository, root, path }, surroundings);
  if (!isTriggered(entry.on, event, path)) return undefined;
  const inputs = dispatchInputs(entry.on, event, path);
  const granted = entry.permissions ?? surroundings.defaultPermissions;
  for (const job of entry.jobs.values()) checkGrants(job, entry, job.permissions ?? granted, "");
  const github = githubContext(event, entry, surroundings);
  const run: Run = { event, github, surroundings, groups: startConcurrencyGroups(), records: [], annotations: [] };
  const secrets = event.untrusted ? {} : surroundings.secrets;
  // An untrusted event only reads what the default branch has written.
  const cacheMode = event.untrusted ? "read" : "write";
  const frame: Frame = { workflow: entry, prefix: "", inputs, secrets, granted, cacheMode, held: [], signal };
  const result = await runFrame(frame, run);
  const { runId } = surroundings;
  const ms = performance.now() - start;
  return { runId, result: result.result, jobs: run.records, annotations: run.annotations, ms };
}

/** GitHub compares what called workflows ask with what they are given before the run starts; `if` plays no part. */
function checkGrants(job: Job, workflow: Workflow, granted: Permissions, prefix: string): void {
  const name = `${prefix}${job.id}`;
  if (job.kind === "steps") return;
  for (const nested of job.workflow.jobs.values()) {
    const asked = nested.permissions ?? job.workflow.permissions;
    const beyond = asked === undefined ? undefined : excess(asked, granted);
    if (beyond !== undefined) {
      throw new Refusal(
        `GitHub would not start ${workflow.origin.path}: the job \`${name} / ${nested.id}\` ${beyond}.`,
      );
    }
    checkGrants(nested, job.workflow, asked ?? granted, `${name} / `);
  }
}

async function runFrame(frame: Frame, run: Run): Promise<Ended> {
  const scope: Scope = { contexts: { github: run.github, inputs: frame.inputs, vars: run.surroundings.variables } };
  const group = readGroup(frame.workflow.concurrency, scope);
  const held = group === undefined ? frame.held : [...frame.held, group.name];
  return run.groups.enter(group, frame.held, () => runJobs({ ...frame, held }, run), dropped);
}

/** A newer one of its group has taken its place. */
const dropped = async (): Promise<Ended> => ({ result: "cancelled", outputs: {}, hasSkipped: false });

async function runJobs(frame: Frame, run: Run): Promise<Ended> {
  const { jobs } = frame.workflow;
  const ended = new Map<string, Promise<Ended>>();
  const start = (job: Job): Promise<Ended> => {
    const known = ended.get(job.id);
    if (known !== undefined) return known;
    const needs = job.needs.map((id) => start(jobs.get(id) as Job));
    const running = Promise.all(needs).then(async () =>
      runJobWhenReady(job, await allEnded(ancestors(job, jobs), ended), frame, run),
    );
    ended.set(job.id, running);
    return running;
  };
  await Promise.allSettled([...jobs.values()].map(start));
  const results = await allEnded([...jobs.keys()], ended);
  const scope: Scope = {
    contexts: {
      github: run.github,
      inputs: frame.inputs,
      vars: run.surroundings.variables,
      jobs: Object.fromEntries([...results].map(([id, { result, outputs }]) => [id, { result, outputs }])),
    },
  };
  const outputs = [...(frame.workflow.call?.outputs ?? [])].map(([name, value]) => [name, evaluateText(value, scope)]);
  const all = [...results.values()];
  return {
    result: summarise(all.map(({ result }) => result)),
    outputs: Object.fromEntries(outputs),
    hasSkipped: all.some(({ result, hasSkipped }) => result === "skipped" || hasSkipped),
  };
}

async function runJobWhenReady(job: Job, before: ReadonlyMap<string, Ended>, frame: Frame, run: Run): Promise<Ended> {
  const needs = Object.fromEntries(
    job.needs.map((id) => [
      id,
      { result: before.get(id)?.result ?? "skipped", outputs: before.get(id)?.outputs ?? {} },
    ]),
  );
  // The whole chain counts, not only the jobs named in `needs`: one skipped far up skips what has no `if` of its own.
  const leaks = run.surroundings.skippedInCalls === "leak";
  const chain = [...before.values()].map(({ result, hasSkipped }) => (leaks && hasSkipped ? "skipped" : result));
  const contexts: PlainMap = { github: run.github, inputs: frame.inputs, needs, vars: run.surroundings.variables };
  const scope: Scope = {
    contexts,
    status: {
      success: () => !frame.signal.aborted && chain.every((result) => result === "success"),
      failure: () => chain.includes("failure"),
      cancelled: () => frame.signal.aborted,
    },
  };
  if (!evaluateCondition(job.if, scope)) {
    const name = `${frame.prefix}${job.id}`;
    run.records.push({ job: name, result: "skipped", ms: 0, steps: [], summary: "", outputs: {} });
    run.surroundings.report({ type: "job-ended", job: name, result: "skipped", ms: 0 });
    return { result: "skipped", outputs: {}, hasSkipped: false };
  }
  if (job.matrix === undefined) return runInstance(job, contexts, "", frame, run);
  const combinations = expandMatrix(evaluateToken(job.matrix, scope), `job \`${job.id}\``);
  const stop = new AbortController();
  const signal = AbortSignal.any([frame.signal, stop.signal]);
  const all = await Promise.all(
    combinations.map(async (matrix, at) => {
      const strategy = { "fail-fast": job.failFast, "job-index": at, "job-total": combinations.length };
      const suffix = ` (${Object.values(matrix).map(showMatrixValue).join(", ")})`;
      const one = await runInstance(job, { ...contexts, matrix, strategy }, suffix, { ...frame, signal }, run);
      if (job.failFast && one.result === "failure") stop.abort();
      return one;
    }),
  );
  // As on GitHub, one instance's outputs overwrite the other's.
  return {
    result: summarise(all.map(({ result }) => result)),
    outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)),
    hasSkipped: all.some(({ hasSkipped }) => hasSkipped),
  };
}

async function runInstance(job: Job, contexts: PlainMap, suffix: string, frame: Frame, run: Run): Promise<Ended> {
  const scope: Scope = { contexts };
  const name = job.name === undefined ? `${job.id}${suffix}` : evaluateText(job.name, scope);
  const path = `${frame.prefix}${name}`;
  const permissions = job.permissions ?? frame.workflow.permissions ?? frame.granted;
  const cacheMode = narrowMode(frame.cacheMode, job.cacheMode);
  const group = readGroup(job.concurrency, scope);
  return run.groups.enter(
    group,
    frame.held,
    async () => {
      if (job.kind === "steps") {
        const effective = run.event.untrusted ? readOnly(permissions) : permissions;
        const record = await runJob(
          {
            ...{ job, path, contexts, permissions: effective, cacheMode, signal: frame.signal },
            ...{ workflow: frame.workflow, secrets: frame.secrets, annotations: run.annotations },
          },
          run.surroundings,
        );
        run.records.push(record);
        return { result: record.result, outputs: record.outputs, hasSkipped: false };
      }
      const called: Frame = {
        workflow: job.workflow,
        prefix: `${path} / `,
        inputs: callInputs(job, job.workflow.call as CallContract, scope, path),
        secrets: callSecrets(job, frame.secrets, { contexts: { ...contexts, secrets: frame.secrets } }),
        cacheMode,
        granted: permissions,
        held: group === undefined ? frame.held : [...frame.held, group.name],
        signal: frame.signal,
      };
      return runFrame(called, run);
    },
    dropped,
  );
}

/** All the jobs a job waits for, also through others. */
function ancestors(job: Job, jobs: ReadonlyMap<string, Job>): readonly string[] {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const need of jobs.get(id)?.needs ?? []) visit(need);
  };
  for (const id of job.needs) visit(id);
  return [...found];
}

async function allEnded(
  ids: readonly string[],
  ended: ReadonlyMap<string, Promise<Ended>>,
): Promise<Map<string, Ended>> {
  const found = new Map<string, Ended>();
  for (const id of ids) found.set(id, (await ended.get(id)) as Ended);
  return found;
}

function summarise(results: readonly Result[]): Result {
  if (results.includes("failure")) return "failure";
  if (results.includes("cancelled")) return "cancelled";
  return results.length > 0 && results.every((result) => result === "skipped") ? "skipped" : "success";
}

function showMatrixValue(value: Plain): string {
  return typeof value === "object" && value !== null
    ? Object.values(value).map(showMatrixValue).join(", ")
    : String(value);
}
