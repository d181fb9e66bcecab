import { secondaryLimitMessage as secondary } from "./api/api-error.ts";
import type { FaultAction } from "./fault.ts";

type AnswerFault = Extract<FaultAction, { readonly type: "answer" }>;

const limits = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";

function failure(status: number, message: string, headers: Readonly<Record<string, string>> = {}): AnswerFault {
  return { type: "answer", status, headers, body: { message, documentation_url: limits, status: String(status) } };
}

/** What GitHub's API answers on a bad day. */
export const gitHubApiFaults = {
  badGateway: { type: "answer", status: 502, headers: { "content-type": "text/html" }, body: unicorn(502) },
  serviceUnavailable: { type: "answer", status: 503, headers: { "content-type": "text/html" }, body: unicorn(503) },
  serverError: failure(500, "Server Error"),
  /** Seen once under load with a good token; it passed on the next try. */
  badCredentials: failure(401, "Bad credentials"),
  packageNotFound: failure(404, "Package not found."),
  secondaryLimit: (retryAfterSeconds: number) => failure(403, secondary, { "retry-after": String(retryAfterSeconds) }),
  tooManyRequests: (retryAfterSeconds: number) => failure(429, secondary, { "retry-after": String(retryAfterSeconds) }),
  /** The primary limit; `reset` in seconds since 1970. */
  primaryLimit: (reset: number) =>
    failure(403, "API rate limit exceeded for installation ID 1.", {
      "x-ratelimit-limit": "1000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-used": "1000",
      "x-ratelimit-resource": "core",
      "x-ratelimit-reset": String(reset),
    }),
} as const;

function unicorn(status: number): string {
  return `<!DOCTYPE html>\n<html>\n  <head>\n    <title>Unicorn! &middot; GitHub</title>\n  </head>\n  <body>\n    <p><strong>This page is taking too long to load.</strong></p>\n    <p>${status}</p>\n  </body>\n</html>\n`;
}
