import { showText } from "../step/escape.ts";

/** GitHub's refusal or lasting failure, as one sentence that says what to do. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Whether GitHub says that what was asked for is not there (or not to be seen by this token). */
export function isMissing(error: unknown): boolean {
  return error instanceof GitHubError && (error.status === 404 || error.status === 422);
}

/** Octokit's error as a sentence; anything that is none of its errors stays as it is. */
export function explainFailure(error: unknown, repository: string, url: string): unknown {
  if (!(error instanceof Error) || error.name !== "HttpError" || !("status" in error)) return error;
  const { response } = error as { response?: { headers?: Readonly<Record<string, string | number | undefined>> } };
  const status = response ? Number(error.status) : 0;
  const said = firstLine(error.message);
  return new GitHubError(`${sentence(status, said, repository, url, response?.headers ?? {})}.`, status, {
    cause: error,
  });
}

function sentence(
  status: number,
  said: string,
  repository: string,
  url: string,
  headers: Readonly<Record<string, string | number | undefined>>,
): string {
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

function isLimit(said: string, headers: Readonly<Record<string, string | number | undefined>>): boolean {
  return /rate limit/iu.test(said) || headers["x-ratelimit-remaining"] === "0";
}

function whenReset(headers: Readonly<Record<string, string | number | undefined>>): string {
  const reset = Number(headers["x-ratelimit-reset"]);
  return reset > 0 && headers["x-ratelimit-remaining"] === "0"
    ? `after ${new Date(reset * 1000).toISOString()}`
    : "later";
}

/** GitHub's words without the link to its documentation; of an HTML page nothing. */
function firstLine(message: string): string {
  const line = (message.split("\n")[0] ?? "").replace(/ - https:\/\/\S+$/u, "");
  return /^\s*</u.test(line) ? "with a page instead of JSON" : showText(line).slice(0, 200);
}
