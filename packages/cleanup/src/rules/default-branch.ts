import type { RetentionRule } from "./retention-rule.ts";

/** C3: images of the default branch stay, all of them or its head's and the newest of each variant. */
export const keepDefaultBranch: RetentionRule = {
  name: "default-branch",
  keep: ({ tags }, { rules, newest }) => {
    for (const tag of tags) {
      if (tag.as !== "default-branch") continue;
      if (rules.keepDefaultBranch === undefined) return `${tag.name} is of the default branch.`;
      if (tag.isHead) return `${tag.name} is of the head of the default branch.`;
      if (newest.has(tag.name)) {
        return `${tag.name} is among the ${rules.keepDefaultBranch} newest of the default branch.`;
      }
    }
    return undefined;
  },
};
