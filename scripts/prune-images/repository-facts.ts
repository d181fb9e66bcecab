import { GitHubError } from "../lib/github/error.ts";
import { listAll } from "../lib/github/list-pages.ts";
import { field } from "../lib/github/reads.ts";
import type { GitHubRest } from "../lib/github/rest.ts";
import { showText } from "../lib/step/escape.ts";

/** What is true of a repository now, as far as its images depend on it. */
export interface RepositoryState {
  /** Their numbers, each with its head's commit. */
  readonly openPullRequests: ReadonlyMap<number, string>;
  /** Raw names, each with its head's commit. */
  readonly branches: ReadonlyMap<string, string>;
  readonly defaultBranch: string;
  /** `owner/name`, as it was asked for and as GitHub calls it: a renamed one answers to its old name as well. */
  readonly repositoryNames: readonly string[];
}

/** Open pull requests and branches, by listing. Throws GitHubError, one sentence. */
export async function readRepositoryState(rest: GitHubRest, repository: string): Promise<RepositoryState> {
  const path = `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
  try {
    const [about, pulls, branches] = await Promise.all([
      rest.ask("GET", path),
      listAll(rest, `${path}/pulls?state=open`, (item) => readHead(item, "number", "head"), describeHead),
      listAll(rest, `${path}/branches`, (item) => readHead(item, "name", "commit"), describeHead),
    ]);
    if (about.status !== 200) throw new GitHubError("no repository", about.status);
    const defaultBranch = field(about.data, "default_branch");
    const openPullRequests = new Map(
      pulls.flatMap(({ of, sha }) => (typeof of === "number" && sha ? [[of, sha]] : [])),
    );
    const heads = new Map(branches.flatMap(({ of, sha }) => (typeof of === "string" && sha ? [[of, sha]] : [])));
    const isComplete = openPullRequests.size === pulls.length && heads.size === branches.length;
    if (typeof defaultBranch !== "string" || !isComplete) {
      throw new GitHubError(
        `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL.`,
        200,
      );
    }
    if (!heads.has(defaultBranch)) {
      throw new GitHubError(
        `GitHub lists the branches of ${showText(repository)} without its default branch ${showText(defaultBranch)}, so the list is not complete and nothing is removed: run the job again.`,
        200,
      );
    }
    const fullName = field(about.data, "full_name");
    return {
      openPullRequests,
      branches: heads,
      defaultBranch,
      repositoryNames: typeof fullName === "string" ? [repository, fullName] : [repository],
    };
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    throw new GitHubError(
      `GitHub does not show this token the branches and pull requests of ${showText(repository)} (${error.status}), without which nothing is removed: check the input \`repository\`, and grant the job \`contents: read\` and \`pull-requests: read\`.`,
      error.status,
      { cause: error },
    );
  }
}

/** A pull request or a branch, and its head's commit; `sha` undefined where GitHub's answer has none. */
interface Head {
  readonly of: unknown;
  readonly sha: string | undefined;
}

function readHead(item: unknown, key: string, head: string): Head {
  const sha = field(field(item, head), "sha");
  return { of: field(item, key), sha: typeof sha === "string" && /^[0-9a-f]{40,64}$/u.test(sha) ? sha : undefined };
}

function describeHead({ of, sha }: Head): string {
  return `${of} ${sha}`;
}
