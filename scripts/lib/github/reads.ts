import { InputError } from "@longshore/language";
import { findLink } from "../http/link-header.ts";
import { GitHubError, isMissing } from "./error.ts";

/** A git tag as GitHub lists it. */
export interface GitRef {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** Of the commit, or of an annotated tag's own object. */
  readonly sha: string;
  readonly isCommit: boolean;
}

export interface GitHubAnswer {
  readonly data: unknown;
  readonly link: string;
}

/** One GET below `/repos/{owner}/{repo}/`, by a URL template. */
export type Get = (
  repository: string,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<GitHubAnswer>;

/** https://docs.github.com/en/rest/git/refs#list-matching-references: one answer holds all; pages are followed should there be any. */
export async function fetchTags(get: Get, repository: string, prefix: string): Promise<readonly GitRef[]> {
  const found: GitRef[] = [];
  for (let page = 1; page <= 100; page += 1) {
    const parameters = { prefix, ...(page > 1 ? { page } : {}) };
    const { data, link } = await get(repository, "git/matching-refs/tags/{+prefix}", parameters);
    if (!Array.isArray(data)) throw unreadable(repository);
    for (const item of data) {
      const ref = textField(item, "ref", repository);
      const object = field(item, "object");
      const isCommit = field(object, "type") === "commit";
      if (ref.startsWith("refs/tags/"))
        found.push({ name: ref.slice(10), sha: textField(object, "sha", repository), isCommit });
    }
    if (findLink(link, "next") === undefined) break;
  }
  return found;
}

/** https://docs.github.com/en/rest/git/commits#get-a-commit-object: unlike `commits/{ref}` without the changed files. */
export async function readGitCommit(
  get: Get,
  repository: string,
  sha: string,
): Promise<{ readonly sha: string; readonly date: string }> {
  const { data } = await get(repository, "git/commits/{sha}", { sha });
  return { sha: textField(data, "sha", repository), date: textField(field(data, "committer"), "date", repository) };
}

/** https://docs.github.com/en/rest/commits/commits#get-a-commit, of a branch or tag; with as few of its files as it lets. */
export async function readCommit(
  get: Get,
  repository: string,
  ref: string,
): Promise<{ readonly sha: string; readonly date: string }> {
  const { data } = await get(repository, "commits/{ref}", { ref, per_page: 1 });
  const date = textField(field(field(data, "commit"), "committer"), "date", repository);
  return { sha: textField(data, "sha", repository), date };
}

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request; needs `pull-requests: read` of a private repository. */
export async function readPullRequest(
  get: Get,
  repository: string,
  number: number,
): Promise<{ readonly sha: string; readonly branch: string; readonly isOpen: boolean }> {
  try {
    const { data } = await get(repository, "pulls/{number}", { number });
    const head = field(data, "head");
    const isOpen = field(data, "state") === "open";
    return { sha: textField(head, "sha", repository), branch: textField(head, "ref", repository), isOpen };
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.status !== 404 && error.status !== 403)) throw error;
    throw new InputError(
      `GitHub shows this token no pull request ${number} of ${repository} (${error.status}): check the number, and grant the job \`pull-requests: read\`.`,
      { cause: error },
    );
  }
}

/** https://docs.github.com/en/rest/git/refs#get-a-reference; undefined where there is no such branch. */
export async function readBranchTip(get: Get, repository: string, branch: string): Promise<string | undefined> {
  try {
    const { data } = await get(repository, "git/ref/{ref}", { ref: `heads/${branch}` });
    return textField(field(data, "object"), "sha", repository);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** https://docs.github.com/en/rest/commits/commits#list-branches-for-head-commit */
export async function isHeadOfBranch(get: Get, repository: string, sha: string): Promise<boolean> {
  try {
    const { data } = await get(repository, "commits/{sha}/branches-where-head", { sha });
    if (!Array.isArray(data)) throw unreadable(repository);
    return data.length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** A field of parsed JSON; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textField(value: unknown, name: string, repository: string): string {
  const text = field(value, name);
  if (typeof text !== "string") throw unreadable(repository);
  return text;
}

function unreadable(repository: string): GitHubError {
  return new GitHubError(
    `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL, then run the job again.`,
    200,
  );
}
