import { branchScope, defaultBranchSlug, featureSlug } from "@longshore/tagging";
import type { PruneFacts, PruneRules } from "./prune-input.ts";

/** Which branches exist, by the names our images and caches have for them. */
export interface Branches {
  /** Whether a feature image's slug, or the very branch it says it is of, belongs to an existing branch */
  exists(slug: string, suffix: string, branch: string | undefined): boolean;
  /** Whether that commit is the head of such a branch */
  isHead(slug: string, suffix: string, branch: string | undefined, sha7: string): boolean;
  /** The existing branch that a cache scope belongs to, or might: `feature-x-alpine` might be `feature/x`'s */
  ofScope(scope: string, isCut: boolean): string | undefined;
}

export function readBranches({ branches, defaultBranch }: PruneFacts, rules: PruneRules): Branches {
  const everyBranch = new Set([...branches.keys(), defaultBranch]);
  const slugs = new Map<number, ReadonlyMap<string, readonly string[]>>();
  const scopes = new Map<string, string>();
  for (const suffix of new Set(["", ...(rules.suffixes ?? []).map(withDash)])) {
    for (const branch of everyBranch) {
      const isDefault = branch === defaultBranch;
      const slug = isDefault ? defaultBranchSlug(branch, suffix) : featureSlug(branch, defaultBranch, suffix);
      scopes.set(branchScope(slug, suffix), branch);
    }
  }

  /** Heads by slug; branches may share one. A slug depends on the suffix by its length only. */
  const headsFor = (suffix: string): ReadonlyMap<string, readonly string[]> => {
    const known = slugs.get(suffix.length);
    if (known !== undefined) return known;
    const made = new Map<string, string[]>();
    for (const [branch, head] of branches) {
      const slug = featureSlug(branch, defaultBranch, suffix);
      made.set(slug, [...(made.get(slug) ?? []), head]);
    }
    slugs.set(suffix.length, made);
    return made;
  };

  return {
    exists: (slug, suffix, branch) => headsFor(suffix).has(slug) || (branch !== undefined && branches.has(branch)),
    isHead: (slug, suffix, branch, sha7) => {
      const own = branch === undefined ? undefined : branches.get(branch);
      return [...(headsFor(suffix).get(slug) ?? []), own].some((head) => head?.startsWith(sha7));
    },
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
