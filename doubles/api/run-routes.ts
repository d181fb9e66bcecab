import { gitHubDate } from "../git-object.ts";
import { type Answer, json } from "../http-exchange.ts";
import { signedLogUrl } from "../job-logs.ts";
import type { RepositoryState } from "../repository-state.ts";
import type { WorkflowJob, WorkflowRun } from "../workflow-run.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { page } from "./page.ts";
import { repositoryBody } from "./repository-body.ts";
import { nodeId } from "./user-body.ts";

const sha = "0".repeat(40);

/** https://docs.github.com/en/rest/actions/workflow-runs and workflow-jobs, as far as logs are found by them. */
export const runRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/actions/runs",
    kind: "runs",
    documentation: "rest/actions/workflow-runs#list-workflow-runs-for-a-repository",
    permission: "actions",
    ofRepository: (repository, { url }) => {
      const wanted = url.searchParams.get("status");
      const all = repository.runs.filter((run) => isOf(run, wanted)).toReversed();
      const { items, headers } = page(all, url);
      const bodies = items.map((run) => runBody(url.origin, repository, run));
      return json(200, { total_count: all.length, workflow_runs: bodies }, headers);
    },
  },
  {
    path: "/repos/{owner}/{repo}/actions/runs/{run_id}",
    kind: "run",
    documentation: "rest/actions/workflow-runs#get-a-workflow-run",
    permission: "actions",
    ofRepository: (repository, { url, parameters, documentation }) => {
      const run = repository.runs.find(({ id }) => id === Number(parameters.run_id));
      return run === undefined
        ? apiError(404, "Not Found", documentation)
        : json(200, runBody(url.origin, repository, run));
    },
  },
  {
    path: "/repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
    kind: "run-jobs",
    documentation: "rest/actions/workflow-jobs#list-jobs-for-a-workflow-run",
    permission: "actions",
    ofRepository: (repository, { url, parameters, documentation }) => {
      const run = repository.runs.find(({ id }) => id === Number(parameters.run_id));
      if (run === undefined) return apiError(404, "Not Found", documentation);
      const { items, headers } = page(run.jobs, url);
      const bodies = items.map((job) => jobBody(url.origin, repository, run, job));
      return json(200, { total_count: run.jobs.length, jobs: bodies }, headers);
    },
  },
  {
    path: "/repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
    kind: "job-logs",
    documentation: "rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run",
    permission: "actions",
    ofRepository: leadToLog,
  },
];

function isOf({ status, conclusion }: WorkflowRun, wanted: string | null): boolean {
  return wanted === null || wanted === status || (status === "completed" && wanted === conclusion);
}

/** Also of a public repository for logged-in callers only. */
function leadToLog(repository: RepositoryState, { url, token, parameters, documentation }: ApiRequest): Answer {
  if (token === undefined) return apiError(403, "Must have admin rights to Repository.", documentation);
  const id = Number(parameters.job_id);
  const job = repository.runs.flatMap(({ jobs }) => jobs).find((item) => item.id === id);
  if (job === undefined || job.log === 404) return apiError(404, "Not Found", documentation);
  if (job.log === 410) return apiError(410, "Server Error", documentation);
  return { status: 302, headers: { location: signedLogUrl(url.origin, repository.fullName, id) } };
}

/** GitHub's `workflow-run`. */
function runBody(origin: string, repository: RepositoryState, run: WorkflowRun) {
  const api = `${origin}/repos/${repository.fullName}/actions`;
  const url = `${api}/runs/${run.id}`;
  const at = gitHubDate(run.createdAt);
  const body = repositoryBody(origin, repository);
  return {
    id: run.id,
    name: "Build",
    node_id: nodeId("WFR", run.id),
    head_branch: run.branch ?? repository.defaultBranch,
    head_sha: sha,
    path: run.path,
    display_title: "Change something",
    run_number: run.number,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.status === "completed" ? run.conclusion : null,
    workflow_id: 1,
    url,
    html_url: `${origin}/${repository.fullName}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: at,
    updated_at: at,
    run_started_at: at,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${origin}/repos/${repository.fullName}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/workflows/1`,
    head_commit: null,
    repository: body,
    head_repository: headOf(origin, repository, run),
    referenced_workflows: run.calls.map((path) => ({ path, sha, ref: "refs/heads/main" })),
  };
}

function headOf(origin: string, repository: RepositoryState, { headRepository }: WorkflowRun) {
  if (headRepository === "") return null;
  return repositoryBody(origin, { ...repository, fullName: headRepository ?? repository.fullName });
}

/** GitHub's `job`. */
function jobBody(origin: string, repository: RepositoryState, run: WorkflowRun, job: WorkflowJob) {
  const api = `${origin}/repos/${repository.fullName}`;
  const at = gitHubDate(run.createdAt);
  const isOver = run.status === "completed";
  const state = { status: run.status, started_at: at, completed_at: isOver ? at : null };
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: 1,
    node_id: nodeId("CR", job.id),
    head_sha: sha,
    head_branch: repository.defaultBranch,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${origin}/${repository.fullName}/actions/runs/${run.id}/job/${job.id}`,
    ...state,
    conclusion: isOver ? job.conclusion : null,
    created_at: at,
    name: job.name,
    steps: Object.entries(job.steps).map(([name, conclusion], index) => ({
      ...{ ...state, name, number: index + 1, conclusion: isOver ? conclusion : null },
    })),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ["ubuntu-24.04"],
    runner_id: 1,
    runner_name: "GitHub Actions 1",
    runner_group_id: 1,
    runner_group_name: "GitHub Actions",
    workflow_name: "Build",
  };
}
