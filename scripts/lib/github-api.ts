import { InputError } from "@longshore/tagging";
import { quoteValue } from "./escape.ts";
import { explainFailure, GitHubError, isMissing } from "./github-error.ts";

/** A tag or branch or commit, looked up. */
export interface ResolvedRef {
  /** `refs/heads/x`, `refs/tags/x`, or the bare commit SHA when that was given. */
  readonly ref: string;
  readonly sha: string;
  /** Committer's date, RFC 3339. */
  readonly date: string;
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

interface GitRef {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** Of the commit, or of an annotated tag's own object. */
  readonly sha: string;
  readonly isCommit: boolean;
}

interface GitHubAnswer {
  readonly data: unknown;
  readonly link: string;
}

/** One GET below `/repos/{owner}/{repo}/`, by a URL template. */
type Get = (repository: string, route: string, parameters: Readonly<Record<string, unknown>>) => Promise<GitHubAnswer>;

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

/** https://docs.github.com/en/rest/git/refs#list-matching-references: one answer holds all; pages are followed should there be any. */
async function fetchTags(get: Get, repository: string, prefix: string): Promise<readonly GitRef[]> {
  const found: GitRef[] = [];
  for (let page = 1; ; page += 1) {
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
    if (!/rel="next"/u.test(link)) return found;
  }
}

/** https://docs.github.com/en/rest/git/commits#get-a-commit-object: unlike `commits/{ref}` without the changed files. */
async function readGitCommit(
  get: Get,
  repository: string,
  sha: string,
): Promise<{ readonly sha: string; readonly date: string }> {
  const { data } = await get(repository, "git/commits/{sha}", { sha });
  return { sha: textField(data, "sha", repository), date: textField(field(data, "committer"), "date", repository) };
}

async function resolveRef(
  get: Get,
  listAllTags: () => Promise<readonly GitRef[]>,
  repository: string,
  ref: string,
): Promise<ResolvedRef> {
  if (!isRefName(ref))
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}: use a branch, a tag (in doubt \`refs/heads/…\` or \`refs/tags/…\`) or a full commit SHA.`,
    );
  try {
    if (/^[0-9a-f]{40}$/iu.test(ref)) {
      const commit = await readGitCommit(get, repository, ref.toLowerCase());
      return { ref: commit.sha, ...commit };
    }
    const full = /^refs\/(?<kind>heads|tags)\/./u.test(ref);
    // `refs/heads/x` is asked for as `heads/x`. A short name: git, and GitHub, look for a tag before a branch.
    const asked = full ? ref.slice("refs/".length) : ref;
    const [commit, tags] = await Promise.all([readCommit(get, repository, asked), full ? [] : listAllTags()]);
    if (full) return { ref, ...commit };
    const tag = tags.find(({ name }) => name === ref);
    if (!tag && ref.length >= 4 && commit.sha.startsWith(ref.toLowerCase())) {
      throw new InputError(`Input \`ref\` is ${quoteValue(ref)}: give all 40 digits of the commit SHA.`);
    }
    if (tag?.isCommit && tag.sha !== commit.sha) {
      throw new InputError(
        `Input \`ref\` is ${quoteValue(ref)}, which is a branch and a tag: say \`refs/heads/…\` or \`refs/tags/…\`.`,
      );
    }
    return { ref: `refs/${tag ? "tags" : "heads"}/${ref}`, ...commit };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const advice = "check the name, and that the token may read the repository (permission `contents: read`)";
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}, which GitHub does not find in ${repository}: ${advice}.`,
      { cause: error },
    );
  }
}

/** https://docs.github.com/en/rest/commits/commits#get-a-commit, of a branch or tag; with as few of its files as it lets. */
async function readCommit(
  get: Get,
  repository: string,
  ref: string,
): Promise<{ readonly sha: string; readonly date: string }> {
  const { data } = await get(repository, "commits/{ref}", { ref, per_page: 1 });
  const date = textField(field(field(data, "commit"), "committer"), "date", repository);
  return { sha: textField(data, "sha", repository), date };
}

/**
 * What git-check-ref-format(1) allows, so that `main~1`, `HEAD` or a search are no names. Nor is what GitHub would look
 * up elsewhere than among branches and tags: `pull/12/head` is a stranger's commit, to be built with this job's rights.
 */
function isRefName(ref: string): boolean {
  const refused = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[./]$|(?:^|\/)\.|\.lock(?:\/|$)|^(?:@|HEAD)$/u;
  const elsewhere = /^(?:refs\/(?!(?:heads|tags)\/.)|(?:heads|tags|remotes|pull|notes|__gh__)\/)/u;
  return ref !== "" && !refused.test(ref) && !elsewhere.test(ref);
}

function readRelation(status: unknown): CommitRelation {
  return status === "ahead" || status === "behind" || status === "identical" || status === "diverged"
    ? status
    : "unknown";
}

function field(value: unknown, name: string): unknown {
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
