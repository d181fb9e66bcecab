import { defaultBranchSlug, featureSlug } from "./branch-slug.ts";
import type { BuildFacts } from "./build-facts.ts";
import { cutSlug } from "./slug.ts";

/** Leaves room for `cache-`, a platform's slug and a dash within the 128 characters of a tag. */
const maxScope = 90;

/** Cache scopes of an event, suffix included: variants that share a repository do not share a cache. */
export interface CacheScopes {
  readonly own: string;
  readonly fallback: string;
}

/** Pull requests and branches have a scope of their own; everything else reads its base's or the default branch's. */
export function cacheScopes(facts: BuildFacts, suffix: string): CacheScopes {
  const { defaultBranch } = facts.repository;
  const fallback = branchScope(defaultBranchSlug(defaultBranch, suffix), suffix);
  switch (facts.kind) {
    case "none":
      return { own: "", fallback: "" };
    case "pull-request":
      return { own: `pr-${facts.number}${suffix}`, fallback };
    case "feature":
    case "merge-queue":
      if (facts.branch === defaultBranch) return { own: fallback, fallback };
      return { own: branchScope(featureSlug(facts.branch, defaultBranch, suffix), suffix), fallback };
    case "default-branch":
    case "release":
    case "prerelease":
    case "tag":
      return { own: fallback, fallback };
  }
}

/** The scope of a branch whose slug this is; suffix empty or with its dash. */
export function branchScope(slug: string, suffix: string): string {
  // `cache-linux-arm64-v2` must not read as platform linux/arm64/v2.
  const scope = /^v\d+(?:-|$)/.test(slug) ? `branch-${slug}` : slug;
  return `${cutSlug(scope, maxScope - suffix.length)}${suffix}`;
}
