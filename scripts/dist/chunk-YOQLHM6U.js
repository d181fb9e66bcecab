import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError
} from "./chunk-LIRWK3G2.js";
import {
  showText
} from "./chunk-MOZU6JSC.js";

// lib/github-error.ts
var GitHubError = class extends Error {
  name = "GitHubError";
  /** HTTP status; 0 when no answer came. */
  status;
  constructor(message, status, options) {
    super(message, options);
    this.status = status;
  }
};
function isMissing(error) {
  return error instanceof GitHubError && (error.status === 404 || error.status === 422);
}
function explainFailure(error, repository, url) {
  if (!(error instanceof Error) || error.name !== "HttpError" || !("status" in error)) return error;
  const { response } = error;
  const status = response ? Number(error.status) : 0;
  const said = firstLine(error.message);
  return new GitHubError(`${sentence(status, said, repository, url, response?.headers ?? {})}.`, status, {
    cause: error
  });
}
function sentence(status, said, repository, url, headers) {
  const grant = "grant the job the permission `contents: read`";
  if (status === 0)
    return `GitHub's API at ${url} does not answer (${said}): check GITHUB_API_URL and the network, then run the job again`;
  if (status === 401) return `GitHub refuses the token (401 ${said}): pass a valid one as input \`token\``;
  if ((status === 403 || status === 429) && isLimit(said, headers)) {
    return `GitHub's API limit of this token is used up (${status} ${said}): run the job again ${whenReset(headers)}`;
  }
  if (status === 403) return `The token may not read ${repository} (403 ${said}): ${grant}`;
  if (status === 404)
    return `GitHub shows this token no such thing in ${repository} (404 ${said}): check that it exists, and ${grant}`;
  if (status >= 500 || status === 429) return `GitHub's API keeps failing (${status} ${said}): run the job again later`;
  return `GitHub's API refuses a request about ${repository} (${status} ${said}): check GITHUB_API_URL and the inputs`;
}
function isLimit(said, headers) {
  return /rate limit/iu.test(said) || headers["x-ratelimit-remaining"] === "0";
}
function whenReset(headers) {
  const reset = Number(headers["x-ratelimit-reset"]);
  return reset > 0 && headers["x-ratelimit-remaining"] === "0" ? `after ${new Date(reset * 1e3).toISOString()}` : "later";
}
function firstLine(message) {
  const line = (message.split("\n")[0] ?? "").replace(/ - https:\/\/\S+$/u, "");
  return /^\s*</u.test(line) ? "with a page instead of JSON" : showText(line).slice(0, 200);
}

// lib/github-reads.ts
async function fetchTags(get, repository, prefix) {
  const found = [];
  for (let page = 1; page <= 100; page += 1) {
    const parameters = { prefix, ...page > 1 ? { page } : {} };
    const { data, link } = await get(repository, "git/matching-refs/tags/{+prefix}", parameters);
    if (!Array.isArray(data)) throw unreadable(repository);
    for (const item of data) {
      const ref = textField(item, "ref", repository);
      const object = field(item, "object");
      const isCommit = field(object, "type") === "commit";
      if (ref.startsWith("refs/tags/"))
        found.push({ name: ref.slice(10), sha: textField(object, "sha", repository), isCommit });
    }
    if (!/rel="next"/u.test(link)) break;
  }
  return found;
}
async function readGitCommit(get, repository, sha) {
  const { data } = await get(repository, "git/commits/{sha}", { sha });
  return { sha: textField(data, "sha", repository), date: textField(field(data, "committer"), "date", repository) };
}
async function readCommit(get, repository, ref) {
  const { data } = await get(repository, "commits/{ref}", { ref, per_page: 1 });
  const date = textField(field(field(data, "commit"), "committer"), "date", repository);
  return { sha: textField(data, "sha", repository), date };
}
async function readPullRequest(get, repository, number) {
  try {
    const { data } = await get(repository, "pulls/{number}", { number });
    const head = field(data, "head");
    const isOpen = field(data, "state") === "open";
    return { sha: textField(head, "sha", repository), branch: textField(head, "ref", repository), isOpen };
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404 && error.status !== 403) throw error;
    throw new InputError(
      `GitHub shows this token no pull request ${number} of ${repository} (${error.status}): check the number, and grant the job \`pull-requests: read\`.`,
      { cause: error }
    );
  }
}
function field(value, name) {
  return typeof value === "object" && value !== null ? value[name] : void 0;
}
function textField(value, name, repository) {
  const text = field(value, name);
  if (typeof text !== "string") throw unreadable(repository);
  return text;
}
function unreadable(repository) {
  return new GitHubError(
    `GitHub's API gave an answer about ${repository} that is not what its documentation says: check GITHUB_API_URL, then run the job again.`,
    200
  );
}

export {
  GitHubError,
  isMissing,
  explainFailure,
  fetchTags,
  readGitCommit,
  readCommit,
  readPullRequest,
  field
};
