import type { GitHubReply } from "./ask-github.ts";
import { type Finding, warn } from "./finding.ts";

/**
 * What GitHub did not tell of a repository's Actions (`what`, the subject of a sentence): `actions: read` lets it be seen where
 * this token was refused, else it may be told later.
 */
export function tellHidden(check: string, what: string, reply: GitHubReply): Finding {
  if (!isRefusal(reply)) return tellUnknown(check, what, reply);
  const fix = "Grant the job `actions: read` to see it; builds do not need that.";
  return warn(check, `${what} is not shown to this token (${reply.status} ${reply.said}).`, fix);
}

/** What GitHub could not tell for the moment (`what`, the subject of a sentence). */
export function tellUnknown(check: string, what: string, { status, said }: GitHubReply): Finding {
  const why = status === 0 ? said : `${status} ${said}`.trim();
  const fix = status === 401 ? "See what is said of the token." : "Run this again later.";
  return warn(check, `${what} is not known (${why}).`, fix);
}

/** 403 and 404 are a no for good, unless they tell of a rate limit: GitHub says 404 too of what a token may not see. */
export function isRefusal({ status, headers, said }: GitHubReply): boolean {
  const isLimit = headers.get("x-ratelimit-remaining") === "0" || /\brate limit\b/iu.test(said);
  return (status === 403 || status === 404) && !isLimit;
}
