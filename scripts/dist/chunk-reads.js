import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  GitHubError,
  isMissing
} from "./chunk-error.js";
import {
  findLink
} from "./chunk-link-header.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/github/reads.ts
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
    if (findLink(link, "next") === void 0) break;
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
async function readBranchTip(get, repository, branch) {
  try {
    const { data } = await get(repository, "git/ref/{ref}", { ref: `heads/${branch}` });
    return textField(field(data, "object"), "sha", repository);
  } catch (error) {
    if (isMissing(error)) return void 0;
    throw error;
  }
}
async function isHeadOfBranch(get, repository, sha) {
  try {
    const { data } = await get(repository, "commits/{sha}/branches-where-head", { sha });
    if (!Array.isArray(data)) throw unreadable(repository);
    return data.length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
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
  fetchTags,
  readGitCommit,
  readCommit,
  readPullRequest,
  readBranchTip,
  isHeadOfBranch,
  field
};
