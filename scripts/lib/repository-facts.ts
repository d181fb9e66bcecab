import { showText } from "./escape.ts";
import { GitHubError } from "./github-error.ts";
import { field } from "./github-reads.ts";
import type { GitHubRest } from "./github-rest.ts";
import { listAll } from "./list-pages.ts";

/** What is true of a repository now, as far as its images depend on it. */
export interface RepositoryState {
  readonly openPullRequests: ReadonlySet<number>;
  /** Raw names. */
  readonly branches: readonly string[];
  readonly defaultBranch: string;
}

/** Open pull requests and branches, by listing. Throws GitHubError, one sentence. */
export async function readRepositoryState(rest: GitHubRest, repository: string): Promise<RepositoryState> {
  const path = `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
  try {
    const [about, pulls, branches] = await Promise.all([
      rest.ask("GET", path),
      listAll(rest, `${path}/pulls?state=open`, (item) => Number(field(item, "number")), String),
      listAll(rest, `${path}/branches`, (item) => field(item, "name"), String),
    ]);
    if (about.status !== 200) throw new GitHubError("no repository", about.status);
    const defaultBranch = field(about.data, "default_branch");
    const names = branches.filter((name) => typeof name === "string");
    if (typeof defaultBranch !== "string" || names.length !== branches.length || pulls.some(Number.isNaN)) {
      throw new GitHubError(
        `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL.`,
        200,
      );
    }
    if (!names.includes(defaultBranch)) {
      throw new GitHubError(
        `GitHub lists the branches of ${showText(repository)} without its default branch ${showText(defaultBranch)}, so the list is not complete and nothing is removed: run the job again.`,
        200,
      );
    }
    return { openPullRequests: new Set(pulls), branches: names, defaultBranch };
  } catch (error) {
    if (!(error instanceof GitHubError) || ![403, 404].includes(error.status)) throw error;
    throw new GitHubError(
      `GitHub does not show this token the branches and pull requests of ${showText(repository)} (${error.status}), without which nothing is removed: check the input \`repository\`, and grant the job \`contents: read\` and \`pull-requests: read\`.`,
      error.status,
      { cause: error },
    );
  }
}
