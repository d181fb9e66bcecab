import type { PackageVersion, PlannedVersion, PruneRules } from "@longshore/cleanup";

/**
 * What became of a version that the plan removes. `gone`: it was not there any more. `refused`: GitHub does not let it go.
 * `left`: not tried, the next run will. `restored`: something new needed it meanwhile, so it was brought back.
 */
export type OutcomeKind = "removed" | "gone" | "refused" | "failed" | "left" | "restored";

export interface VersionOutcome extends PlannedVersion {
  readonly outcome: OutcomeKind;
  /** A clause, where there is something to say. */
  readonly detail?: string;
  /** Digests below it, as far as its manifest was read: what a restoration has to bring back with it. */
  readonly parts?: readonly string[];
  /** The digest that it is a signature or an SBOM of. */
  readonly about?: string;
}

/** How a package's prune ended. `stopped`: cleanly, the rest is for the next run. */
export type Ending =
  | { readonly kind: "done" }
  | { readonly kind: "stopped"; readonly reason: string }
  | { readonly kind: "failed"; readonly error: unknown };

export interface PackageFigures {
  readonly versions: number;
  readonly manifestsRead: number;
  readonly manifestsKnown: number;
  readonly listings: number;
  readonly plans: number;
  readonly checks: number;
  /** From the start of this package to its first plan. */
  readonly secondsToPlan: number;
}

export interface PackageResult {
  readonly package: string;
  /** `ghcr.io/acme/app` */
  readonly image: string;
  readonly kept: readonly PlannedVersion[];
  /** Every version that a plan of this run removes, in the order they go. */
  readonly planned: readonly VersionOutcome[];
  readonly warnings: readonly string[];
  /** Bytes that only removed versions use; in a dry run those that the plan would free. */
  readonly reclaimedBytes: number;
  /** The same by class of version. */
  readonly bytesByClass: Readonly<Record<string, number>>;
  /** So many versions were not measured: the bytes are a lower bound. */
  readonly unmeasured: number;
  readonly figures: PackageFigures;
  readonly ending: Ending;
}

export interface PruneResult {
  readonly owner: string;
  readonly ownerKind: "orgs" | "users" | undefined;
  readonly registry: string;
  readonly repository: string;
  readonly dryRun: boolean;
  readonly rules: PruneRules;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly facts: {
    readonly openPullRequests: readonly number[];
    readonly branches: readonly string[];
    readonly defaultBranch: string;
    /** The commit of each open pull request's and each branch's head. */
    readonly heads: {
      readonly pullRequests: Readonly<Record<string, string>>;
      readonly branches: Readonly<Record<string, string>>;
    };
  };
  readonly packages: readonly PackageResult[];
  readonly figures: {
    readonly apiCalls: Readonly<Record<string, number>>;
    readonly manifestsRead: number;
    readonly secondsWaitedForLimits: number;
    readonly peakMemoryBytes: number;
  };
}

/** Whether a version that the plan removes is not there any more. */
export function isGone({ outcome }: { readonly outcome: OutcomeKind }): boolean {
  return outcome === "removed" || outcome === "gone";
}

/** `1.2, latest`, or the digest's beginning where there is no tag. */
export function nameVersion({ tags, digest }: PackageVersion): string {
  return tags.length > 0 ? tags.join(", ") : digest.slice(0, 19);
}
