import type { RetentionRule } from "./retention-rule.ts";

/**
 * cosign can keep signatures in a package of their own (COSIGN_REPOSITORY): there no subject is ever found, and yet all are
 * in use. With `minimum-kept 0` a package may be emptied, so that it may look like one; then this rule says nothing.
 */
export const keepForeignReferrer: RetentionRule = {
  name: "foreign-referrer",
  keep: ({ tags }, { rules, holdsReferrersOnly }) => {
    const name = tags[0]?.name;
    if (!holdsReferrersOnly || name === undefined || rules.minimumKept === 0) return undefined;
    return `${name} seems to belong to an image of another package: no image of this one has a tag.`;
  },
};
