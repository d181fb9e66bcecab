import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { checkValues } from "../http/parse-json.ts";
import { HttpRefusal, TooLate } from "../http/refusal.ts";
import { sendRequest } from "../http/request.ts";
import { parseRetryAfter } from "../http/retry.ts";
import type { GitHubApiOptions } from "./facts.ts";

const retries = 4;
/** Pauses between attempts are 1², 2², 3², 4² times this: 15 s in all, long enough for a hiccup. */
const pauseUnit = 500;
/** Limits that end later than this, in seconds, end the step: a runner should not sit and wait for an hour. */
const longestPause = 60;

/**
 * Octokit with its retry and throttling plugins: server errors, 429, secondary limits, resets and answers cut short are
 * tried again; `Retry-After` is kept to.
 */
export function createGitHubClient({ token, url, onRetry }: GitHubApiOptions): Octokit {
  const waitForLimit = (seconds: number, _options: object, _octokit: object, retryCount: number): boolean => {
    const waits = seconds <= longestPause && retryCount < 2;
    if (waits) onRetry(`GitHub's API limit is reached; trying again in ${seconds} s.`);
    return waits;
  };
  const Client = Octokit.plugin(retry, throttling);
  const client = new Client({
    baseUrl: url,
    ...(token === "" ? {} : { auth: token }),
    userAgent: "longshore",
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: { fetch: fetchWhole },
    retry: { retries, retryAfterBaseValue: pauseUnit },
    throttle: { onRateLimit: waitForLimit, onSecondaryRateLimit: waitForLimit },
  });
  // The plugin knows no Retry-After of its own; this is where it asks how to go on.
  client.retry.retryRequest = (error, allowed, factor) => {
    const asked = parseRetryAfter(String(error.response?.headers["retry-after"] ?? ""), Date.now()) ?? 0;
    const pause = Math.max(factor * pauseUnit, asked);
    const attempt = Number(error.request.request?.retryCount ?? 0) + 1;
    // Silence is asked once more only: each attempt takes its whole time. A refusal of ours stays one.
    const isOver = error.cause instanceof HttpRefusal || (attempt > 1 && error.cause instanceof TooLate);
    const goesOn = pause <= longestPause * 1000 && !isOver && !isHandledByThrottling(error);
    if (goesOn && attempt <= allowed) {
      onRetry(`GitHub's API ${describeFailure(error)}; attempt ${attempt + 1} of ${allowed + 1} in ${pause / 1000} s.`);
    }
    const retryAfter = Math.ceil(pause / pauseUnit);
    error.request.request = { ...error.request.request, retries: goesOn ? allowed : 0, retryAfter };
    return error;
  };
  return client;
}

type RequestError = Parameters<ReturnType<typeof retry>["retry"]["retryRequest"]>[0];

/** Limits that GitHub names as such: the throttling plugin waits for them. */
function isHandledByThrottling({ status, message, response }: RequestError): boolean {
  const isLimit = /\bsecondary rate\b/iu.test(message) || response?.headers["x-ratelimit-remaining"] === "0";
  return (status === 403 || status === 429) && isLimit;
}

/** What happened, as the end of a sentence. */
function describeFailure(error: RequestError): string {
  return error.response ? `answered ${error.response.status}` : `did not answer (${error.message})`;
}

/** The part of `fetch` that octokit uses. The whole body is read here, so that a cut one counts as a failed request. */
async function fetchWhole(url: string, options: { method: string; headers: Record<string, string>; body?: string }) {
  const { status, headers, body, url: address } = await sendRequest(url, options);
  checkValues(body);
  return { status, url: address, headers, body, text: async () => body.toString(), arrayBuffer: async () => body };
}
