import type { createGitHubClient } from "../lib/github/client.ts";
import { explainFailure, GitHubError } from "../lib/github/error.ts";

type Client = ReturnType<typeof createGitHubClient>;

export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** The issues of one repository (https://docs.github.com/en/rest/issues/issues). Methods throw GitHubError, one sentence. */
export interface IssuesApi {
  /** Open ones with the label, oldest first; no pull requests. */
  readonly listOpen: (label: string) => Promise<readonly Issue[]>;
  /** Tried once: a lost answer must not make a second issue. */
  readonly open: (text: IssueText, label: string) => Promise<Issue>;
  readonly change: (number: number, change: Partial<IssueText> | { readonly state: "closed" }) => Promise<void>;
}

export function connectIssues(client: Client, repository: string, url: string): IssuesApi {
  const [owner = "", repo = ""] = repository.split("/");
  const place = { owner, repo };
  const told = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw adviseOn(explainFailure(error, repository, url), repository);
    }
  };
  return {
    listOpen: (label) =>
      told(async () => {
        const parameters = {
          ...place,
          labels: label,
          state: "open" as const,
          direction: "asc" as const,
          per_page: 100,
        };
        const found = await client.paginate(client.rest.issues.listForRepo, parameters);
        return found.filter((item) => item.pull_request === undefined).map(readIssue);
      }),
    open: (text, label) =>
      told(async () => {
        const request = { retries: 0 };
        return readIssue((await client.rest.issues.create({ ...place, ...text, labels: [label], request })).data);
      }),
    change: (number, change) =>
      told(async () => {
        await client.rest.issues.update({ ...place, issue_number: number, ...change });
      }),
  };
}

function readIssue(item: { number: number; html_url: string; title: string; body?: string | null | undefined }): Issue {
  return { number: item.number, url: item.html_url, title: item.title, body: item.body ?? "" };
}

function adviseOn(error: unknown, repository: string): unknown {
  if (!(error instanceof GitHubError)) return error;
  const { status } = error;
  if (status === 410) {
    return new GitHubError(
      `${repository} has its issues switched off: switch them on, or set \`issue: false\`.`,
      status,
      {
        cause: error,
      },
    );
  }
  if (status !== 403 && status !== 404) return error;
  return new GitHubError(
    `The token may not write issues of ${repository} (${status}): grant the job \`issues: write\`.`,
    status,
    { cause: error },
  );
}
