import { formatSize } from "@longshore/publishing";
import { field } from "../lib/github/reads.ts";
import type { AskGitHub } from "./ask-github.ts";
import { type Finding, ok, warn } from "./finding.ts";
import type { DiagnoseRequest } from "./read-request.ts";
import { tellHidden } from "./tell-hidden.ts";

/** What GitHub keeps of a repository's caches unless its owner pays for more. */
const usualLimit = 10_000_000_000;

/** How full the cache of GitHub Actions is, in which builds keep their layers. */
export async function checkCache({ repository }: DiagnoseRequest, ask: AskGitHub): Promise<readonly Finding[]> {
  if (repository === "") return [];
  const reply = await ask(`/repos/${repository}/actions/cache/usage`);
  const { status, data } = reply;
  const size = field(data, "active_caches_size_in_bytes");
  const count = field(data, "active_caches_count");
  if (status !== 200 || typeof size !== "number" || typeof count !== "number") {
    return [tellHidden("cache", "The use of the cache", reply)];
  }
  const told = `The cache of GitHub Actions holds ${formatSize(size)} in ${count} entries; GitHub keeps ${formatSize(usualLimit)} of a repository without pay.`;
  if (size < usualLimit * 0.9) return [ok("cache", told)];
  const fix =
    "GitHub drops what was used longest ago, so builds start cold: set `cache: registry` in builds, or build fewer variants with `cache: gha`.";
  return [warn("cache", told, fix)];
}
