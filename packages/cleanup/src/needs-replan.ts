import { isSameVersion } from "./check-listing.ts";
import { factsOf, type ImageGraph } from "./manifest-facts.ts";
import type { PackageVersion } from "./package-version.ts";
import type { PrunePlan } from "./prune-plan.ts";

/**
 * Whether the plan no longer holds, as a sentence; undefined: go on. To be asked before each batch.
 * Pushes and touches of what stays never matter; a touch of what goes always does.
 * @param fresh versions as they are now: the newest page or pages of the listing, and what was asked for one by one
 * @param graph may hold what new versions say; a new version that it does not hold always needs a new plan
 */
export function needsReplan(
  plan: PrunePlan,
  fresh: readonly PackageVersion[],
  graph: ImageGraph = new Map(),
): string | undefined {
  const going = new Map(plan.remove.map(({ version }) => [version.digest, version]));
  const staying = new Set(plan.keep.map(({ version }) => version.digest));
  for (const version of fresh) {
    const planned = going.get(version.digest);
    if (planned !== undefined && !isSameVersion(planned, version)) {
      return `Version ${version.id} was to go and has been pushed or tagged again: ${version.tags.join(", ") || "no tag"}.`;
    }
    if (planned !== undefined || staying.has(version.digest)) continue;
    const facts = factsOf(graph.get(version.digest));
    if (facts === undefined) return `Version ${version.id} is new, and what it holds is not known.`;
    const needed = facts.children.find((child) => going.has(child));
    if (needed !== undefined) return `Version ${version.id} is new and holds ${needed}, which was to go.`;
  }
  return undefined;
}
