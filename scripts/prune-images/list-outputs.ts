import { countVersions } from "./count-versions.ts";
import type { PruneResult } from "./prune-result.ts";

/** Every output of action.yml, by its name. */
export function listOutputs(result: PruneResult, report: string): Readonly<Record<string, string>> {
  const { planned, removed, kept, failed, reclaimedBytes } = countVersions(result);
  return {
    planned: String(planned),
    removed: String(removed),
    kept: String(kept),
    failed: String(failed),
    "reclaimed-bytes": String(reclaimedBytes),
    report,
  };
}
