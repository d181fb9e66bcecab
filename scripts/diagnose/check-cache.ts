import { formatSize } from "@longshore/publishing";
import { field } from "../lib/github-reads.ts";
import type { AskGitHub } from "./ask-github.ts";
import { type Finding, ok, warn } from "./finding.ts";
import type { DiagnoseRequest } from "./read-request.ts";

/** What GitHub keeps of a repository's caches unless its owner pays for more. */
const usualLimit = 10_000_000_000;

/** How full the cache of GitHub Actions is, in which builds keep their layers. Whether builds hit it, their own logs tell. */
export async function checkCache({ repository }: DiagnoseRequest, ask: AskGitHub): Promise<readonly Finding[]> {
  if (repository === "") return [];
  const { status, data, said } = await ask(`/repos/${repository}/actions/cache/usage`);
  const size = field(data, "active_caches_size_in_bytes");
  const count = field(data, "active_caches_count");
  if (status !== 200 || typeof size !== "number" || typeof count !== "number") {
    const fix = "Grant the job `actions: read` to see it; builds do not need that.";
    return [warn("cache", `The use of the cache is not shown to this token (${status} ${said}).`, fix)];
  }
  const told = `The cache of GitHub Actions holds ${formatSize(size)} in ${count} entries; ${formatSize(usualLimit)} are free.`;
  if (size < usualLimit * 0.9) return [ok("cache", told)];
  const fix =
    "GitHub drops what was used longest ago, so builds start cold: set `cache: registry` in builds, or build fewer variants with `cache: gha`.";
  return [warn("cache", told, fix)];
}
