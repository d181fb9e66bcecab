import { InputError } from "@longshore/language";
import { GitHubError } from "../lib/github/error.ts";
import { field } from "../lib/github/reads.ts";
import type { GitHubRest } from "../lib/github/rest.ts";
import { quoteValue } from "../lib/step/escape.ts";

/** A run of GitHub Actions whose artifact the report is. */
export interface ReportRun {
  /** `owner/name` */
  readonly repository: string;
  readonly id: string;
}

const pruning = /\/\.github\/workflows\/prune-images\.yml(?:@|$)/u;

/**
 * Makes sure that code of this repository ran there: anybody's pull request has runs of this repository, too, and can keep what it
 * likes under the name of a report. Throws InputError where it is not, and GitHubError.
 * https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run
 */
export async function checkRun(rest: GitHubRest, { repository, id }: ReportRun): Promise<void> {
  const refuse = (why: string): InputError =>
    new InputError(
      `Input \`run-id\` is ${quoteValue(id)}, ${why}: give the number of the run of this repository that pruned.`,
    );
  const { status, data } = await rest.ask("GET", `/repos/${repository}/actions/runs/${id}`).catch((error: unknown) => {
    if (!(error instanceof GitHubError) || error.status !== 403) throw error;
    throw new InputError(`Input \`run-token\` may not read runs of ${repository}: grant the job \`actions: read\`.`, {
      cause: error,
    });
  });
  if (status === 404)
    throw refuse(`which GitHub does not show as a run of ${repository} (the job needs \`actions: read\`)`);
  const head = field(field(data, "head_repository"), "full_name");
  const isOwn = typeof head === "string" && head.toLowerCase() === repository.toLowerCase();
  // The workflow of this event is the base branch's, whoever opened the pull request.
  if (!isOwn && field(data, "event") !== "pull_request_target")
    throw refuse(`which ran what ${typeof head === "string" ? quoteValue(head) : "a repository that is gone"} pushed`);
  const called = field(data, "referenced_workflows");
  const paths = Array.isArray(called) ? called.map((each) => String(field(each, "path"))) : [];
  if (paths.length === 0) {
    const why = await doubtRun(rest, repository, data, isOwn ? undefined : head);
    if (why !== undefined) throw refuse(`which called no workflow, and ${why}`);
  } else if (!paths.some((path) => pruning.test(path))) {
    throw refuse("which called workflows, but not `prune-images.yml`");
  }
}

/**
 * Why a run that called no workflow may be anybody's. Only what the default branch runs was looked at by somebody, and for a fork's pull
 * request it mostly runs what that fork has pushed.
 */
async function doubtRun(
  rest: GitHubRest,
  repository: string,
  run: unknown,
  fork: unknown,
): Promise<string | undefined> {
  if (fork !== undefined) return `ran for a pull request of ${quoteValue(String(fork))}`;
  const path = String(field(run, "path"));
  const [known, ref] = /^\.github\/workflows\/[^/@]+(?:@(?:refs\/heads\/)?(.+))?$/u.exec(path) ?? [];
  if (known === undefined) return `ran ${quoteValue(path)}, no workflow of ${repository}`;
  const { data } = await rest.ask("GET", `/repos/${repository}`);
  const own = field(data, "default_branch");
  if (typeof own !== "string") return "GitHub does not tell the default branch";
  const branch = [String(field(run, "head_branch")), ref ?? own].find((name) => name !== own);
  return branch === undefined ? undefined : `ran on ${quoteValue(branch)}, which is not the default branch ${own}`;
}
