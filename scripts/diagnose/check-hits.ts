import type { CacheHits } from "@longshore/publishing";
import { groupBy } from "@longshore/tagging";
import type { AskGitHub } from "./ask-github.ts";
import { type Finding, ok, warn } from "./finding.ts";
import { readHits } from "./read-hits.ts";
import type { DiagnoseRequest } from "./read-request.ts";
import { tellHidden } from "./tell-hidden.ts";

/** How much of the last builds came from the cache. */
export async function checkHits({ repository }: DiagnoseRequest, ask: AskGitHub): Promise<readonly Finding[]> {
  if (repository === "") return [];
  const { builds, runs, failure } = await readHits(repository, ask);
  if (builds.length > 0 || failure === undefined) return [judgeHits(builds, runs)];
  return [tellHidden("cache-hits", "How much of the last builds came from the cache", failure)];
}

/** Whether these builds of platforms had half or more of their steps from the cache; `runs` is how many runs were looked at. */
export function judgeHits(builds: readonly CacheHits[], runs: number): Finding {
  if (runs === 0) return ok("cache-hits", "No workflow has run yet that could tell how much comes from the cache.");
  if (builds.length === 0) {
    const why = "no image was built with Longshore, none had to be, it was built cold, or the log is gone";
    return ok("cache-hits", `None of the last ${runs} runs tells how much came from the cache: ${why}.`);
  }
  const platforms = [...groupBy(builds, ({ platform }) => platform)].sort();
  const parts = platforms.map(([platform, own]) => `${platform} ${tellShare(sum(own))}`);
  const { cached, total } = sum(builds);
  const which = builds.length === 1 ? "platform build" : `${builds.length} platform builds`;
  const told = `${cached} of ${total} steps of the last ${which} came from the cache (${parts.join(", ")}).`;
  if (cached * 2 >= total) return ok("cache-hits", told);
  const fix =
    "In the Dockerfile, copy lock files and install before the sources are copied, and let an ARG or ENV that each build changes come after the expensive steps. Let the input `cache` name a store, and see whether the cache is full. docs/troubleshooting.md of Longshore says more under “Slow or cold builds”.";
  return warn("cache-hits", told, fix);
}

function sum(builds: readonly CacheHits[]): { readonly cached: number; readonly total: number } {
  return {
    cached: builds.reduce((all, { cached }) => all + cached, 0),
    total: builds.reduce((all, { total }) => all + total, 0),
  };
}

function tellShare({ cached, total }: { readonly cached: number; readonly total: number }): string {
  return `${Math.floor((cached / total) * 100)} %`;
}
