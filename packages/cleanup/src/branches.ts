import { branchScope, defaultBranchSlug, featureSlug } from "@longshore/tagging";
import type { PruneFacts, PruneRules } from "./prune-input.ts";

/** Which branches exist, by the names our images and caches have for them. */
export interface Branches {
  /** Whether a feature image's slug, or the very branch it says it is of, belongs to an existing branch */
  exists(slug: string, suffix: string, branch: string | undefined): boolean;
  /** The existing branch that a cache scope belongs to, or might: `feature-x-alpine` might be `feature/x`'s */
  ofScope(scope: string, isCut: boolean): string | undefined;
}

export function readBranches({ branches, defaultBranch }: PruneFacts, rules: PruneRules): Branches {
  const names = new Set(branches);
  const everyBranch = new Set([...branches, defaultBranch]);
  const slugs = new Map<number, ReadonlySet<string>>();
  const scopes = new Map<string, string>();
  for (const suffix of new Set(["", ...(rules.suffixes ?? []).map(withDash)])) {
    for (const branch of everyBranch) {
      const isDefault = branch === defaultBranch;
      const slug = isDefault ? defaultBranchSlug(branch, suffix) : featureSlug(branch, defaultBranch, suffix);
      scopes.set(branchScope(slug, suffix), branch);
    }
  }

  /** A slug depends on the suffix by its length only. */
  const slugsFor = (suffix: string): ReadonlySet<string> => {
    const known = slugs.get(suffix.length);
    if (known !== undefined) return known;
    const made = new Set(branches.map((branch) => featureSlug(branch, defaultBranch, suffix)));
    slugs.set(suffix.length, made);
    return made;
  };

  return {
    exists: (slug, suffix, branch) => slugsFor(suffix).has(slug) || (branch !== undefined && names.has(branch)),
    ofScope: (scope, isCut) => {
      for (let end = scope.length; end > 0; end = scope.lastIndexOf("-", end - 1)) {
        const branch = scopes.get(scope.slice(0, end));
        if (branch !== undefined) return branch;
      }
      if (!isCut) return undefined;
      const start = scope.replace(/-[0-9a-f]{8}$/, "");
      return [...scopes].find(([live]) => live.startsWith(start))?.[1];
    },
  };
}

/** Empty, or with its dash, as tags have it. */
export function withDash(suffix: string): string {
  return suffix === "" || suffix.startsWith("-") ? suffix : `-${suffix}`;
}
