import type { RetentionRule } from "./retention-rule.ts";

/** C3: images of the default branch stay, all of them or the newest revisions with all of their variants. */
export const keepDefaultBranch: RetentionRule = {
  name: "default-branch",
  keep: ({ tags }, { rules, newestOfDefaultBranch }) => {
    for (const tag of tags) {
      if (tag.as !== "default-branch") continue;
      if (rules.keepDefaultBranch === undefined) return `${tag.name} is of the default branch.`;
      if (newestOfDefaultBranch.has(tag.revision)) {
        return `${tag.name} is among the ${rules.keepDefaultBranch} newest of the default branch.`;
      }
    }
    return undefined;
  },
};
