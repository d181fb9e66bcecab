import type { RetentionRule } from "./retention-rule.ts";

/** C3: the newest tagged versions stay in any case: images first, caches and signatures only where there are too few. */
export const keepMinimum: RetentionRule = {
  name: "minimum-kept",
  keep: (version, { rules, minimum }) =>
    minimum.has(version) ? `Among the ${rules.minimumKept} newest tagged versions of this package.` : undefined,
};
