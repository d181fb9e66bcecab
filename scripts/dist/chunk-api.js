import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  fetchTags,
  field,
  isHeadOfBranch,
  readBranchTip,
  readCommit,
  readGitCommit,
  readPullRequest
} from "./chunk-reads.js";
import {
  explainFailure,
  isMissing
} from "./chunk-error.js";
import {
  quoteValue
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/github/resolve-ref.ts
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

// lib/github/api.ts
function connectGitHub(options) {
  const get = connectGet(options);
  const tagLists = /* @__PURE__ */ new Map();
  const listTags = (repository, prefix) => {
    const key = `${repository}:${prefix}`;
    const list = tagLists.get(key) ?? fetchTags(get, repository, prefix);
    tagLists.set(key, list);
    return list;
  };
  const compareCommits = async (repository, base, head) => {
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
        branch === "" ? "unknown" : compareCommits(repository, branch, sha)
      ]);
      if (isHead || relation === "behind" || relation === "identical") return true;
      return (await listTags(repository, "")).some((tag) => tag.isCommit && tag.sha === sha);
    }
  };
}
function connectGet(options) {
  let client;
  return async (repository, route, parameters) => {
    client ??= import("./chunk-client.js").then(({ createGitHubClient }) => createGitHubClient(options));
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
  connectGitHub
};
