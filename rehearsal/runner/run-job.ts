import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CacheMode } from "./cache-mode.ts";
import { evaluateTexts, evaluateToken, type PlainMap, type Scope } from "./expressions.ts";
import { githubVariables } from "./github-context.ts";
import { annotate, type JobRuntime, stepScope } from "./job-runtime.ts";
import { startMasks } from "./masks.ts";
import type { Permissions } from "./permissions.ts";
import type { Annotation, JobRecord } from "./progress.ts";
import { runSteps } from "./run-steps.ts";
import type { Surroundings } from "./surroundings.ts";
import type { RunDefaults, Step, StepsJob, Workflow } from "./workflow.ts";

/** GitHub's own limit of a job, in minutes. */
const defaultTimeoutMinutes = 360;

export interface JobRequest {
  readonly job: StepsJob;
  readonly workflow: Workflow;
  /** `image / amd64`. */
  readonly path: string;
  readonly permissions: Permissions;
  readonly cacheMode: CacheMode;
  readonly secrets: Readonly<Record<string, string>>;
  /** github (without token), inputs, needs, vars, matrix, strategy. */
  readonly contexts: PlainMap;
  readonly annotations: Annotation[];
  readonly signal: AbortSignal;
}

/** Runs one job with steps on a runner of its own: its folders, environment, token and masks. */
export async function runJob(request: JobRequest, surroundings: Surroundings): Promise<JobRecord> {
  const { job, workflow, path } = request;
  const start = performance.now();
  const token = surroundings.mintToken(request.permissions);
  const folder = join(surroundings.folder, "jobs", path.replace(/[^A-Za-z0-9]+/g, "-"));
  const label = evaluateRunner(job, { contexts: request.contexts });
  const arm = /arm/i.test(label);
  const emulated = arm !== (surroundings.architecture === "arm64");
  surroundings.report({ type: "job-started", job: path, runner: label, emulated });

  const github = {
    ...(request.contexts.github as PlainMap),
    token,
    job: job.id,
    workspace: workspaceOf(folder, surroundings),
  };
  const runner = {
    name: "rehearsal",
    os: "Linux",
    arch: arm ? "ARM64" : "X64",
    temp: join(folder, "temp"),
    tool_cache: join(folder, "tools"),
    environment: "github-hosted",
    debug: "",
  };
  for (const made of [github.workspace, runner.temp, runner.tool_cache]) await mkdir(made, { recursive: true });
  const eventFile = join(folder, "event.json");
  await writeFile(eventFile, JSON.stringify((github as unknown as PlainMap).event));
  const workflowSha = String((request.contexts.github as PlainMap).workflow_sha);
  const secrets = { ...request.secrets, GITHUB_TOKEN: token };
  const contexts: PlainMap = {
    ...request.contexts,
    github,
    runner,
    secrets,
    job: {
      status: "success",
      workflow_repository: workflow.origin.repository,
      workflow_file_path: workflow.origin.path,
      workflow_sha: workflowSha,
      workflow_ref: `${workflow.origin.repository}/${workflow.origin.path}@${workflowSha}`,
    },
  };
  const stop = new AbortController();
  const runtime: JobRuntime = {
    job: path,
    folder: runner.temp,
    workspace: github.workspace,
    artifacts: join(surroundings.folder, "artifacts"),
    masks: startMasks(Object.values(secrets)),
    machine: await surroundings.prepareMachine(folder),
    runner: {
      ...githubVariables(github),
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_PATH: eventFile,
      CI: "true",
      ...tokenVariables(request.permissions, surroundings),
      ...Object.fromEntries(Object.entries(runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value])),
    },
    contexts,
    cacheMode: request.cacheMode,
    signal: AbortSignal.any([request.signal, stop.signal]),
    report: surroundings.report,
    annotations: request.annotations,
    env: {},
    path: [],
    steps: {},
    status: "success",
  };
  runtime.env = evaluateTexts(workflow.env, { contexts });
  runtime.env = { ...runtime.env, ...evaluateTexts(job.env, { contexts: { ...contexts, env: runtime.env } }) };

  const minutes =
    job.timeoutMinutes === undefined ? defaultTimeoutMinutes : Number(evaluateToken(job.timeoutMinutes, { contexts }));
  const clock = setTimeout(() => {
    stop.abort();
    annotate(runtime, "", "error", `The job has exceeded the maximum execution time of ${minutes} minutes.`);
  }, minutes * 60_000);
  const steps = job.steps.map((step) => withDefaults(step, [job.defaults, workflow.defaults]));
  const outcome = await runSteps(steps, runtime).finally(() => clearTimeout(clock));
  if (runtime.signal.aborted) runtime.status = "cancelled";

  const forgiven =
    job.continueOnError !== undefined && evaluateToken(job.continueOnError, { contexts: request.contexts }) === true;
  const result = runtime.status === "failure" && forgiven ? "success" : runtime.status;
  const outputs = readOutputs(job, runtime);
  const ms = performance.now() - start;
  surroundings.report({ type: "job-ended", job: path, result, ms });
  return { job: path, result, ms, steps: outcome.steps, summary: outcome.summary, outputs };
}

/** GitHub does not hand a secret on: an output that holds one is left out. So is an empty one: it erases no other leg's of a matrix. */
function readOutputs(job: StepsJob, runtime: JobRuntime): Record<string, string> {
  const outputs = Object.entries(evaluateTexts(job.outputs, stepScope(runtime, runtime.env)));
  return Object.fromEntries(
    outputs.filter(([name, value]) => {
      if (value === "") return false;
      if (!runtime.masks.isIn(value)) return true;
      annotate(runtime, "", "warning", `Skip output '${name}' since it may contain secret.`);
      return false;
    }),
  );
}

/** Where an OIDC token is to be had, for a job that may have one. */
function tokenVariables(permissions: Permissions, { apiUrl }: Surroundings): Record<string, string> {
  return permissions["id-token"] === "write"
    ? {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${apiUrl}/oidc?`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "oidc-token-of-the-rehearsal",
      }
    : {};
}

function evaluateRunner(job: StepsJob, scope: Scope): string {
  const labels = evaluateToken(job.runsOn, scope);
  return Array.isArray(labels)
    ? labels.join(", ")
    : typeof labels === "object"
      ? JSON.stringify(labels)
      : String(labels);
}

function workspaceOf(folder: string, surroundings: Surroundings): string {
  const name = surroundings.repository.split("/")[1] ?? "repository";
  return join(folder, "work", name, name);
}

/** `defaults` fill in what a `run` step does not say itself; the job's come before the workflow's. */
function withDefaults(step: Step, defaults: readonly RunDefaults[]): Step {
  if (step.kind === "parallel") {
    return { ...step, steps: step.steps.map((one) => withDefaults(one, defaults)) as typeof step.steps };
  }
  if (step.kind !== "run") return step;
  return {
    ...step,
    shell: step.shell ?? defaults.find(({ shell }) => shell !== undefined)?.shell,
    workingDirectory:
      step.workingDirectory ??
      defaults.find(({ workingDirectory }) => workingDirectory !== undefined)?.workingDirectory,
  };
}
