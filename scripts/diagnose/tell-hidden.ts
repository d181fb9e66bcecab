import type { GitHubReply } from "./ask-github.ts";
import { type Finding, warn } from "./finding.ts";

/** What GitHub did not tell of a repository's Actions (`what`, the subject of a sentence), and what to do about it. */
export function tellHidden(check: string, what: string, { status, headers, said }: GitHubReply): Finding {
  if (status === 0) return warn(check, `${what} is not known (${said}).`, "Run this again later.");
  const isLimit = headers.get("x-ratelimit-remaining") === "0" || /\brate limit\b/iu.test(said);
  const isRefused = (status === 403 || status === 404) && !isLimit;
  const fix = isRefused ? "Grant the job `actions: read` to see it; builds do not need that." : "Run this again later.";
  return warn(check, `${what} is not shown to this token (${status} ${said}).`, fix);
}
