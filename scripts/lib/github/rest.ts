import { parseJson } from "../http/parse-json.ts";
import { HttpRefusal, TooLate } from "../http/refusal.ts";
import { type HttpAnswer, sendRequest } from "../http/request.ts";
import { parseRetryAfter } from "../http/retry.ts";
import { showText } from "../step/escape.ts";
import type { Timing } from "../step/timing.ts";
import { GitHubError } from "./error.ts";
import type { Pacing } from "./pacing.ts";

/**
 * Requests to GitHub's REST API that keep to its limits. Octokit's throttling plugin keeps its own clock and stops
 * at one change a second; a prune needs the whole rate, in parallel, and has to know when to stop.
 */
export interface GitHubRest {
  /**
   * Gives any answer that says something about what was asked: 2xx, 400, 404, 422. Failures that pass are tried again,
   * limits are waited for. Throws LimitReached, or GitHubError: 401, 403 (a missing permission), what keeps failing.
   */
  readonly ask: (method: "GET" | "DELETE" | "POST", path: string) => Promise<RestAnswer>;
  /** Requests so far by method, those that were tried again counted each time. */
  readonly calls: Readonly<Record<string, number>>;
}

export interface RestAnswer {
  readonly status: number;
  /** Parsed JSON; undefined where the body is none. */
  readonly data: unknown;
  readonly link: string;
}

export interface GitHubRestOptions {
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly url: string;
  readonly token: string;
  readonly pacing: Pacing;
  readonly timing: Timing;
  readonly onRetry: (sentence: string) => void;
  /** Called before each request; what it throws ends the run. For tests. */
  readonly beforeRequest?: (() => void) | undefined;
}

const attempts = 5;
const unauthorizedAttempts = 3;
const secondaryAttempts = 20;
const usualSecondaryPause = 60_000;

export function connectRest(options: GitHubRestOptions): GitHubRest {
  const { url, token, pacing, timing, onRetry } = options;
  const calls: Record<string, number> = {};
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": "longshore",
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
  };

  const ask = async (method: string, path: string): Promise<RestAnswer> => {
    let failures = 0;
    let refusals = 0;
    let limits = 0;
    const pause = async (what: string, count: number, most: number): Promise<void> => {
      const delay = 1000 * 2 ** (count - 1);
      onRetry(`GitHub's API ${what}; attempt ${count + 1} of ${most} in ${delay / 1000} s.`);
      await timing.sleep(delay);
    };
    for (;;) {
      await pacing.turn(method === "GET" ? "read" : "change");
      options.beforeRequest?.();
      calls[method] = (calls[method] ?? 0) + 1;
      let answer: HttpAnswer;
      try {
        answer = await sendRequest(`${url}${path}`, { method, headers });
      } catch (cause) {
        // Silence is asked once more only: each attempt takes its whole time. A refusal of ours stays one.
        failures += cause instanceof TooLate ? attempts / 2 : cause instanceof HttpRefusal ? attempts : 1;
        const told = `did not answer (${showText(cause instanceof Error ? cause.message : String(cause)).slice(0, 200)})`;
        if (failures >= attempts) {
          throw new GitHubError(
            `GitHub's API at ${url} ${told}: check GITHUB_API_URL and the network, then run the job again.`,
            0,
            { cause },
          );
        }
        await pause(told, Math.floor(failures), attempts);
        continue;
      }
      const { status } = answer;
      if ((status >= 200 && status < 300) || status === 400 || status === 404 || status === 422) {
        return readAnswer(answer);
      }
      const said = messageOf(answer);
      const limit = limitOf(answer, said, timing.now());
      if (limit !== undefined) {
        limits += 1;
        if (limits >= secondaryAttempts) {
          throw new GitHubError(
            `GitHub's API keeps answering with a limit (${status} ${said}): run the job later.`,
            status,
          );
        }
        if (limit.kind === "secondary") pacing.slowDown();
        pacing.holdUntil(limit.until, `GitHub's ${limit.kind} rate limit is reached (${status})`);
      } else if (status === 401) {
        // Seen once under load and gone with the next attempt.
        refusals += 1;
        if (refusals >= unauthorizedAttempts) {
          throw new GitHubError(`GitHub refuses the token (401 ${said}): pass a valid one as input \`token\`.`, 401);
        }
        await pause("answered 401", refusals, unauthorizedAttempts);
      } else if (status >= 500 || status === 408) {
        failures += 1;
        if (failures >= attempts) {
          throw new GitHubError(`GitHub's API keeps failing (${status} ${said}): run the job again later.`, status);
        }
        await pause(`answered ${status}`, failures, attempts);
      } else {
        throw new GitHubError(`GitHub's API refuses ${method} ${showText(path)} (${status} ${said}).`, status);
      }
    }
  };
  return { ask, calls };
}

interface Limit {
  readonly kind: "primary" | "secondary";
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What GitHub asks for, in the order its documentation says to look: `retry-after`, then `x-ratelimit-remaining`, else a minute. */
function limitOf({ status, headers }: HttpAnswer, said: string, now: number): Limit | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const asked = parseRetryAfter(headers.get("retry-after"), now);
  if (asked !== undefined) return { kind: "secondary", until: now + asked };
  if (headers.get("x-ratelimit-remaining") === "0") {
    const reset = Number(headers.get("x-ratelimit-reset")) * 1000;
    // The server's second may start a little later than ours.
    return { kind: "primary", until: Number.isFinite(reset) && reset > 0 ? reset + 1000 : now + usualSecondaryPause };
  }
  const named = status === 429 || /\brate limit\b|\babuse\b/iu.test(said);
  return named ? { kind: "secondary", until: now + usualSecondaryPause } : undefined;
}

function readAnswer(answer: HttpAnswer): RestAnswer {
  const { status, headers } = answer;
  return { status, data: parseBody(answer), link: headers.get("link") ?? "" };
}

function parseBody({ body }: HttpAnswer): unknown {
  if (body.length === 0) return undefined;
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}

/** GitHub's own words, one short line; of an HTML page nothing. */
function messageOf(answer: HttpAnswer): string {
  return messageIn(parseBody(answer));
}

/** The `message` of a parsed body of GitHub's API, one short line. */
export function messageIn(data: unknown): string {
  const message = typeof data === "object" && data !== null && "message" in data ? data.message : undefined;
  return typeof message === "string" ? showText(message.split("\n")[0] ?? "").slice(0, 200) : "without a message";
}
