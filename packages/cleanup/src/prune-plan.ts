import type { PackageVersion } from "./package-version.ts";

/** What a version is, for people who read the report. */
export type VersionClass =
  | "pull-request"
  | "feature"
  | "default-branch"
  | "release"
  | "merge-queue"
  | "cache"
  | "referrer"
  | "other"
  | "part"
  | "untagged";

/** One version, what becomes of it and why. */
export interface PlannedVersion {
  readonly version: PackageVersion;
  readonly class: VersionClass;
  /** Name of the rule that decided, such as `open-pull-request` */
  readonly rule: string;
  /** A sentence */
  readonly reason: string;
}

/** What a prune will do. `keep` and `remove` together hold every version once. */
export interface PrunePlan {
  /** Newest first */
  readonly keep: readonly PlannedVersion[];
  /** In the order they go: whatever stands above another goes before it */
  readonly remove: readonly PlannedVersion[];
  /** Sentences for people: what could not be read, what is missing, what contradicts itself */
  readonly warnings: readonly string[];
  /** Bytes that no kept image uses; each blob once. A lower bound where `unmeasured` is not 0 */
  readonly reclaimedBytes: number;
  /** How many of the removed versions were not read, so that their bytes are not in `reclaimedBytes` */
  readonly unmeasured: number;
  /**
   * Digests that are kept only because they were not read: read them and plan again, and the plan is exact. Empty but in
   * the rare case that an image goes whose platform manifest stays, and a signature or attestation of it hides in the index.
   */
  readonly undecided: readonly string[];
}
