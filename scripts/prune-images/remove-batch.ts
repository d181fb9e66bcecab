import type { PlannedVersion } from "@longshore/cleanup";
import { GitHubError } from "../lib/github/error.ts";
import { mapParallel } from "../lib/http/parallel.ts";
import { type PackageJob, Stopped } from "./package-job.ts";
import { isGone, nameVersion, type VersionOutcome } from "./prune-result.ts";

const together = 8;
const failuresInARow = 3;

export interface BatchRemoval {
  readonly job: PackageJob;
  /** Digests that name this one and are removed, too: they go before it. */
  readonly parentsOf: (digest: string) => readonly string[];
  /** By digest, of this batch and all before it. */
  readonly outcomes: Map<string, VersionOutcome>;
}

/**
 * Removes these versions in their order, several at once within the pace, but none before those above it are gone. What
 * was done is in `outcomes` whatever is thrown: Stopped, LimitReached, or GitHubError where the token may not or
 * GitHub keeps failing.
 */
export async function removeBatch(batch: readonly PlannedVersion[], removal: BatchRemoval): Promise<void> {
  const { job, outcomes } = removal;
  const underWay = new Map<string, Promise<unknown>>();
  let failed = 0;
  const removeOne = async (item: PlannedVersion): Promise<void> => {
    const { digest, id } = item.version;
    const parents = removal.parentsOf(digest);
    await Promise.allSettled(parents.map((parent) => underWay.get(parent)));
    const above = parents.find((parent) => !isGoneFrom(outcomes, parent));
    if (above !== undefined) {
      const holder = outcomes.get(above)?.version;
      const detail = `it belongs to ${holder === undefined ? above.slice(0, 19) : nameVersion(holder)}, which is still there`;
      outcomes.set(digest, { ...item, outcome: "left", detail });
      return;
    }
    const reason = job.stopRequested();
    if (reason !== undefined) throw new Stopped(reason);
    try {
      const done = await job.api.deleteVersion(id);
      outcomes.set(digest, {
        ...item,
        outcome: done.outcome,
        ...(done.outcome === "refused" ? { detail: done.reason } : {}),
      });
      failed = 0;
    } catch (error) {
      const passes = error instanceof GitHubError && (error.status >= 500 || error.status === 0);
      failed += 1;
      if (!passes || failed >= failuresInARow) throw error;
      outcomes.set(digest, { ...item, outcome: "failed", detail: error.message });
    }
  };
  await mapParallel(batch, together, async (item) => {
    const work = removeOne(item);
    underWay.set(item.version.digest, work);
    await work;
  });
}

function isGoneFrom(outcomes: ReadonlyMap<string, VersionOutcome>, digest: string): boolean {
  const outcome = outcomes.get(digest);
  return outcome !== undefined && isGone(outcome);
}
