import { explainFailure, isMissing } from "./error.ts";
import type { CommitRelation, GitHubApiOptions, PullRequestHead, ResolvedRef } from "./facts.ts";
import {
  fetchTags,
  field,
  type Get,
  type GitRef,
  isHeadOfBranch,
  readBranchTip,
  readGitCommit,
  readPullRequest,
} from "./reads.ts";
import { resolveRef } from "./resolve-ref.ts";

/**
 * What the steps ask GitHub. `repository` is `owner/name`. Server errors, limits and resets are tried again with
 * back-off (at most about a minute in all); what remains is a GitHubError with one sentence.
 */
export interface GitHubApi {
  /** Names of the git tags that start with `prefix`. Asked once per prefix. */
  readonly listTagNames: (repository: string, prefix?: string) => Promise<readonly string[]>;
  /** Committer's date of a commit, RFC 3339. */
  readonly readCommitDate: (repository: string, sha: string) => Promise<string>;
  /** A branch, tag (short or `refs/…`) or full SHA. One call, two for a short name. Throws InputError when there is none. */
  readonly resolveRef: (repository: string, ref: string) => Promise<ResolvedRef>;
  /** Throws InputError when there is no such pull request. */
  readonly readPullRequest: (repository: string, number: number) => Promise<PullRequestHead>;
  readonly compareCommits: (repository: string, base: string, head: string) => Promise<CommitRelation>;
  /** What a branch points at now; undefined where there is none. */
  readonly readBranchTip: (repository: string, branch: string) => Promise<string | undefined>;
  /**
   * Whether a commit is a branch's head, in the history of `branch`, or what a lightweight git tag names. GitHub shows the commits of
   * forks under the repository they were forked from, so that a commit can be read does not make it the repository's. At most
   * three calls.
   */
  readonly isOwnCommit: (repository: string, sha: string, branch: string) => Promise<boolean>;
}

/** Connects to GitHub. Octokit is loaded by the first call: a step that asks nothing does not pay for it. */
export function connectGitHub(options: GitHubApiOptions): GitHubApi {
  const get = connectGet(options);
  const tagLists = new Map<string, Promise<readonly GitRef[]>>();
  const listTags = (repository: string, prefix: string): Promise<readonly GitRef[]> => {
    const key = `${repository}:${prefix}`;
    const list = tagLists.get(key) ?? fetchTags(get, repository, prefix);
    tagLists.set(key, list);
    return list;
  };
  const compareCommits = async (repository: string, base: string, head: string): Promise<CommitRelation> => {
    try {
      const { data } = await get(repository, "compare/{basehead}", { basehead: `${base}...${head}`, per_page: 1 });
      return readRelation(field(data, "status"));
    } catch (error) {
      if (isMissing(error)) return "unknown";
      throw error;
    }
  };
  return {
    listTagNames: async (repository, prefix = "") => (await listTags(repository, prefix)).map(({ name }) => name),
    readCommitDate: async (repository, sha) => (await readGitCommit(get, repository, sha)).date,
    resolveRef: (repository, ref) => resolveRef(get, () => listTags(repository, ""), repository, ref),
    readPullRequest: (repository, number) => readPullRequest(get, repository, number),
    compareCommits,
    readBranchTip: (repository, branch) => readBranchTip(get, repository, branch),
    isOwnCommit: async (repository, sha, branch) => {
      const [isHead, relation] = await Promise.all([
        isHeadOfBranch(get, repository, sha),
        branch === "" ? "unknown" : compareCommits(repository, branch, sha),
      ]);
      if (isHead || relation === "behind" || relation === "identical") return true;
      return (await listTags(repository, "")).some((tag) => tag.isCommit && tag.sha === sha);
    },
  };
}

function connectGet(options: GitHubApiOptions): Get {
  let client: Promise<ReturnType<typeof import("./client.ts")["createGitHubClient"]>> | undefined;
  return async (repository, route, parameters) => {
    client ??= import("./client.ts").then(({ createGitHubClient }) => createGitHubClient(options));
    const [owner, repo] = repository.split("/");
    try {
      const answer = await (await client).request(`GET /repos/{owner}/{repo}/${route}`, { owner, repo, ...parameters });
      return { data: answer.data, link: answer.headers.link ?? "" };
    } catch (error) {
      throw explainFailure(error, repository, options.url);
    }
  };
}

function readRelation(status: unknown): CommitRelation {
  return status === "ahead" || status === "behind" || status === "identical" || status === "diverged"
    ? status
    : "unknown";
}
