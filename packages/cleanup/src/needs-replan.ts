import type { ImageGraph } from "./manifest-facts.ts";
import type { PackageVersion } from "./package-version.ts";
import type { PrunePlan } from "./prune-plan.ts";

/**
 * Whether the plan no longer holds, as a sentence; undefined: go on. To be asked before each batch.
 * @param fresh versions as they are now: the newest page or pages of the listing, and what was asked for one by one
 * @param graph may hold what new versions say; a new version that it does not hold always needs a new plan
 */
export function needsReplan(
  plan: PrunePlan,
  fresh: readonly PackageVersion[],
  graph: ImageGraph = new Map(),
): string | undefined {
  return `not yet: ${plan.remove.length} ${fresh.length} ${graph.size}`;
}
