import { explainFailure, isMissing } from "./github-error.ts";
import { fetchTags, field, type Get, type GitRef, readGitCommit, readPullRequest } from "./github-reads.ts";
import { resolveRef } from "./resolve-ref.ts";

/** A tag or branch or commit, looked up. */
export interface ResolvedRef {
  /** `refs/heads/x`, `refs/tags/x`, or the bare commit SHA when that was given. */
  readonly ref: string;
  readonly sha: string;
  /** Committer's date, RFC 3339. */
  readonly date: string;
}

/** Where a pull request stands. */
export interface PullRequestHead {
  readonly sha: string;
  readonly branch: string;
  readonly isOpen: boolean;
}

/** How `head` lies to `base`; "unknown" when one of the two is not in the repository (any more). */
export type CommitRelation = "ahead" | "behind" | "identical" | "diverged" | "unknown";

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
}

export interface GitHubApiOptions {
  readonly token: string;
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly url: string;
  /** Told before each pause, one sentence. */
  readonly onRetry: (notice: string) => void;
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
  return {
    listTagNames: async (repository, prefix = "") => (await listTags(repository, prefix)).map(({ name }) => name),
    readCommitDate: async (repository, sha) => (await readGitCommit(get, repository, sha)).date,
    resolveRef: (repository, ref) => resolveRef(get, () => listTags(repository, ""), repository, ref),
    readPullRequest: (repository, number) => readPullRequest(get, repository, number),
    compareCommits: async (repository, base, head) => {
      try {
        const { data } = await get(repository, "compare/{basehead}", { basehead: `${base}...${head}`, per_page: 1 });
        return readRelation(field(data, "status"));
      } catch (error) {
        if (isMissing(error)) return "unknown";
        throw error;
      }
    },
  };
}

function connectGet(options: GitHubApiOptions): Get {
  let client: Promise<ReturnType<typeof import("./github-client.ts")["createGitHubClient"]>> | undefined;
  return async (repository, route, parameters) => {
    client ??= import("./github-client.ts").then(({ createGitHubClient }) => createGitHubClient(options));
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
