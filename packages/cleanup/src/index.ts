export { checkListing, type Listing, type ListingCheck } from "./check-listing.ts";
export {
  factsOf,
  type ImageGraph,
  type ManifestEntry,
  type ManifestFacts,
  parseManifestFacts,
  type UnreadManifest,
} from "./manifest-facts.ts";
export { findLostSubjects, labelsToRead, manifestsToRead } from "./manifests-to-read.ts";
export { needsReplan } from "./needs-replan.ts";
export { compareNewest, type PackageVersion } from "./package-version.ts";
export { parseDuration } from "./parse-duration.ts";
export { planPrune } from "./plan-prune.ts";
export { defaultRules, type PruneFacts, type PruneRules } from "./prune-input.ts";
export type { PlannedVersion, PrunePlan, VersionClass } from "./prune-plan.ts";
export { type MeasuredVersion, type ReclaimedBytes, sumReclaimed } from "./reclaimed-bytes.ts";
export { subjectOfTag } from "./subject-of-tag.ts";
