import { isGone, type PruneResult, type VersionOutcome } from "./prune-result.ts";

/** The figures of the whole run. `planned` is the sum of `removed`, `failed` and `left`. */
export interface VersionCounts {
  readonly planned: number;
  readonly removed: number;
  readonly kept: number;
  /** GitHub does not let them go. */
  readonly failed: number;
  /** Not tried, or below one that did not go. */
  readonly left: number;
  readonly reclaimedBytes: number;
}

export function countVersions({ packages }: PruneResult): VersionCounts {
  const planned = packages.flatMap((each) => each.planned);
  const count = (matches: (item: VersionOutcome) => boolean) => planned.filter(matches).length;
  const removed = count(isGone);
  const failed = count(({ outcome }) => outcome === "refused" || outcome === "failed");
  return {
    planned: planned.length,
    removed,
    kept: packages.reduce((sum, { kept }) => sum + kept.length, 0),
    failed,
    left: planned.length - removed - failed,
    reclaimedBytes: packages.reduce((sum, { reclaimedBytes }) => sum + reclaimedBytes, 0),
  };
}
