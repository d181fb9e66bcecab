import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  InputError
} from "./chunk-DMQEXC77.js";
import {
  quoteValue,
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

// lib/resolve-ref.ts
async function resolveRef(get, listAllTags, repository, ref) {
  if (!isRefName(ref))
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}: use a branch, a tag (in doubt \`refs/heads/…\` or \`refs/tags/…\`) or a full commit SHA.`
    );
  try {
    if (/^[0-9a-f]{40}$/iu.test(ref)) {
      const commit2 = await readGitCommit(get, repository, ref.toLowerCase());
      return { ref: commit2.sha, ...commit2 };
    }
    const full = /^refs\/(?<kind>heads|tags)\/./u.test(ref);
    const asked = full ? ref.slice("refs/".length) : ref;
    const [commit, tags] = await Promise.all([readCommit(get, repository, asked), full ? [] : listAllTags()]);
    if (full) return { ref, ...commit };
    const tag = tags.find(({ name }) => name === ref);
    if (!tag && ref.length >= 4 && commit.sha.startsWith(ref.toLowerCase())) {
      throw new InputError(`Input \`ref\` is ${quoteValue(ref)}: give all 40 digits of the commit SHA.`);
    }
    if (tag?.isCommit && tag.sha !== commit.sha) {
      throw new InputError(
        `Input \`ref\` is ${quoteValue(ref)}, which is a branch and a tag: say \`refs/heads/…\` or \`refs/tags/…\`.`
      );
    }
    return { ref: `refs/${tag ? "tags" : "heads"}/${ref}`, ...commit };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const advice = "check the name, and that the token may read the repository (permission `contents: read`)";
    throw new InputError(
      `Input \`ref\` is ${quoteValue(ref)}, which GitHub does not find in ${repository}: ${advice}.`,
      { cause: error }
    );
  }
}
function isRefName(ref) {
  const refused = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[./]$|(?:^|\/)\.|\.lock(?:\/|$)|^(?:@|HEAD)$/u;
  const elsewhere = /^(?:refs\/(?!(?:heads|tags)\/.)|(?:heads|tags|remotes|pull|notes|__gh__)\/)/u;
  return ref !== "" && !refused.test(ref) && !elsewhere.test(ref);
}

// lib/github-api.ts
function connectGitHub(options) {
  const get = connectGet(options);
  const tagLists = /* @__PURE__ */ new Map();
  const listTags = (repository, prefix) => {
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
    }
  };
}
function connectGet(options) {
  let client;
  return async (repository, route, parameters) => {
    client ??= import("./github-client-YQ3CN5DR.js").then(({ createGitHubClient }) => createGitHubClient(options));
    const [owner, repo] = repository.split("/");
    try {
      const answer = await (await client).request(`GET /repos/{owner}/{repo}/${route}`, { owner, repo, ...parameters });
      return { data: answer.data, link: answer.headers.link ?? "" };
    } catch (error) {
      throw explainFailure(error, repository, options.url);
    }
  };
}
function readRelation(status) {
  return status === "ahead" || status === "behind" || status === "identical" || status === "diverged" ? status : "unknown";
}

export {
  GitHubError,
  connectGitHub
};
