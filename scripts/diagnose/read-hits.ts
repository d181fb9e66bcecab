import { type CacheHits, readCacheLog } from "@longshore/publishing";
import { field } from "../lib/github/reads.ts";
import { mapParallel } from "../lib/http/parallel.ts";
import type { AskGitHub, GitHubReply } from "./ask-github.ts";

/** Name of the step of build-image.yml whose log tells the cache. */
export const buildStep = "Build and push by digest";

const mostRuns = 30;
const mostBuilds = 20;
const mostLogs = 40;
const atOnce = 4;

export interface HitsRead {
  /** Of one platform each, newest first; at most 20. */
  readonly builds: readonly CacheHits[];
  /** How many runs were there to be looked at. */
  readonly runs: number;
  /** The first answer that was none: nothing more was asked after it. */
  readonly failure?: GitHubReply;
}

/** What the last builds of a repository (`owner/name`) had from the cache, as the logs of their jobs tell it. */
export async function readHits(repository: string, ask: AskGitHub): Promise<HitsRead> {
  const actions = `/repos/${repository}/actions`;
  // https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository: newest first.
  const listed = await ask(`${actions}/runs?status=completed&per_page=${mostRuns}`);
  const runs = field(listed.data, "workflow_runs");
  if (listed.status !== 200 || !Array.isArray(runs)) return { builds: [], runs: 0, failure: listed };
  const left = runs.slice(0, mostRuns).filter(hasJobs).flatMap(idOf);
  const builds: CacheHits[] = [];
  let logs = 0;
  let failure: GitHubReply | undefined;
  while (left.length > 0 && builds.length < mostBuilds && logs < mostLogs && failure === undefined) {
    // https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
    const lists = await mapParallel(left.splice(0, atOnce), atOnce, (id) =>
      ask(`${actions}/runs/${id}/jobs?filter=latest&per_page=100`),
    );
    const jobs = lists.flatMap(({ data }) => jobsThatBuilt(data)).slice(0, mostLogs - logs);
    logs += jobs.length;
    const read = await mapParallel(jobs, atOnce, (id) => readLog(`${actions}/jobs/${id}/logs`, ask));
    builds.push(...read.flatMap((log) => log.builds));
    failure = lists.find(({ status }) => status !== 200) ?? read.find((log) => log.failure !== undefined)?.failure;
  }
  return { builds: builds.slice(0, mostBuilds), runs: runs.length, ...(failure === undefined ? {} : { failure }) };
}

/** https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run: 404 and 410 once it is gone. One that is too large tells nothing either. */
async function readLog(path: string, ask: AskGitHub): Promise<Pick<HitsRead, "builds" | "failure">> {
  const reply = await ask(path);
  if (reply.status === 200) return { builds: readCacheLog(reply.text) };
  return { builds: [], ...([404, 410, 413].includes(reply.status) ? {} : { failure: reply }) };
}

function hasJobs(run: unknown): boolean {
  return !["skipped", "startup_failure"].includes(String(field(run, "conclusion")));
}

function jobsThatBuilt(data: unknown): readonly number[] {
  const jobs = field(data, "jobs");
  return Array.isArray(jobs) ? jobs.filter(hasBuilt).flatMap(idOf) : [];
}

function hasBuilt(job: unknown): boolean {
  const steps = field(job, "steps");
  return (
    Array.isArray(steps) &&
    steps.some((step) => field(step, "name") === buildStep && field(step, "conclusion") === "success")
  );
}

function idOf(item: unknown): readonly number[] {
  const id = field(item, "id");
  return typeof id === "number" && Number.isSafeInteger(id) ? [id] : [];
}
