import { describeAge, tellAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** C2: an existing branch keeps the images of its head, and the newest of each variant. */
export const keepExistingBranch: RetentionRule = {
  name: "existing-branch",
  keep: ({ tags }, { newest }) => {
    for (const tag of tags) {
      if (tag.as !== "feature" || !tag.branchExists) continue;
      if (tag.isHead) return `${tag.name} is of the head of a branch that exists.`;
      if (newest.has(tag.name)) return `${tag.name} is the newest of a branch that exists.`;
    }
    return undefined;
  },
};

/** C2: every image of a feature branch stays for a while. */
export const keepYoungFeature: RetentionRule = {
  name: "feature-age",
  keep: (version, { rules }) => {
    if (version.age >= rules.featureMaxAge) return undefined;
    const tag = version.tags.find(({ as }) => as === "feature");
    return tag && `${tag.name} ${tellAge(version)}; feature branches keep ${describeAge(rules.featureMaxAge)}.`;
  },
};
