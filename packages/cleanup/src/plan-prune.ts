import { checkRules, checkVersions } from "./check-input.ts";
import { classifyVersion } from "./classify-version.ts";
import { explainRemoval } from "./explain-removal.ts";
import { findWarnings } from "./find-warnings.ts";
import { type ImageEdges, readEdges } from "./image-edges.ts";
import { type Keeping, keepVersions, nameVersion } from "./keep-versions.ts";
import type { ImageGraph } from "./manifest-facts.ts";
import type { PackageVersion } from "./package-version.ts";
import { type ViewedVersion, viewPackage } from "./package-view.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";
import type { PlannedVersion, PrunePlan } from "./prune-plan.ts";
import { sumReclaimed } from "./reclaimed-bytes.ts";
import { orderRemoval } from "./removal-order.ts";

/**
 * Decides what may go and why the rest stays: a version goes when no rule keeps it and nothing that stays reaches it. The
 * order of `versions` does not matter; what `graph` lacks is treated as unreadable.
 * @throws InputError where rules, facts or listing do not allow a plan; then nothing may be removed
 */
export function planPrune(
  versions: readonly PackageVersion[],
  graph: ImageGraph,
  facts: PruneFacts,
  rules: PruneRules,
): PrunePlan {
  checkRules(rules, facts);
  checkVersions(versions);
  const view = viewPackage(versions, graph, facts, rules);
  const edges = readEdges(view.versions);
  const { keepings, undecided } = keepVersions(view, edges);
  const kept = view.versions.filter(({ at }) => keepings[at] !== undefined);
  const going = view.versions.filter(({ at }) => keepings[at] === undefined).map(({ at }) => at);
  const removed = orderRemoval(going, edges).flatMap((at) => view.versions[at] ?? []);
  const roles = readRoles(edges);
  const parents = nameParents(removed, edges);
  const { reclaimedBytes, unmeasured } = sumReclaimed(kept, removed);
  const plan = (version: ViewedVersion, { rule, reason }: Keeping): PlannedVersion => ({
    version: version.version,
    class: classifyVersion(version, roles.parts.has(version.at), roles.referrers.has(version.at)),
    ...{ rule, reason },
  });
  return {
    keep: kept.flatMap((version) => plan(version, keepings[version.at] as Keeping)),
    remove: removed.map((version) => plan(version, explainRemoval(version, parents.get(version.at), view))),
    warnings: findWarnings(view, keepings),
    reclaimedBytes,
    unmeasured,
    // One that could not be read stays as well, but asking for it again would not help.
    undecided: undecided.filter((digest) => !graph.has(digest)),
  };
}

/** Which versions are part of an index, and which belong to a subject. */
function readRoles({ children, referrers }: ImageEdges) {
  return {
    parts: new Set(children.flatMap((each) => each ?? [])),
    referrers: new Set(referrers.flatMap((each) => each ?? [])),
  };
}

/** What goes and holds a version, by its name. */
function nameParents(removed: readonly ViewedVersion[], { children }: ImageEdges): ReadonlyMap<number, string> {
  const parents = new Map<number, string>();
  for (const version of removed) {
    for (const child of children[version.at] ?? []) if (!parents.has(child)) parents.set(child, nameVersion(version));
  }
  return parents;
}
