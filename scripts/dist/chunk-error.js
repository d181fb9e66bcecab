import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  showText
} from "./chunk-escape.js";

// lib/github/error.ts
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

export {
  GitHubError,
  isMissing,
  explainFailure
};
