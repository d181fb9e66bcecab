import type { RetentionRule } from "./retention-rule.ts";

/** C3: releases, moving tags, the merge queue's and every tag that is not known to be ours stay for good. */
export const keepOtherTag: RetentionRule = {
  name: "other-tag",
  keep: ({ tags }) => {
    for (const tag of tags) if (tag.as === "other") return `${tag.name} ${tag.what}.`;
    return undefined;
  },
};
