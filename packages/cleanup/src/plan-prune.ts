import type { ImageGraph } from "./manifest-facts.ts";
import type { PackageVersion } from "./package-version.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";
import type { PrunePlan } from "./prune-plan.ts";

/**
 * Decides what may go and why the rest stays. The order of `versions` does not matter.
 * @throws InputError where rules, facts or listing do not allow a plan; then nothing may be removed
 */
export function planPrune(
  versions: readonly PackageVersion[],
  graph: ImageGraph,
  facts: PruneFacts,
  rules: PruneRules,
): PrunePlan {
  throw new Error(`not yet: ${versions.length} ${graph.size} ${facts.now} ${rules.minimumKept}`);
}
