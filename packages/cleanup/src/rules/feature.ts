import { describeAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** C2: an existing branch keeps its newest revision, with all of its variants. */
export const keepExistingBranch: RetentionRule = {
  name: "existing-branch",
  keep: ({ tags }, { newest }) => {
    for (const tag of tags) {
      if (tag.as !== "feature" || !tag.branchExists) continue;
      if (newest.get(tag.line) === tag.sha7) return `${tag.name} is the newest of a branch that exists.`;
    }
    return undefined;
  },
};

/** C2: every image of a feature branch stays for a while. */
export const keepYoungFeature: RetentionRule = {
  name: "feature-age",
  keep: ({ tags, age }, { rules }) => {
    if (age >= rules.featureMaxAge) return undefined;
    const tag = tags.find(({ as }) => as === "feature");
    return tag && `${tag.name} is ${describeAge(age)} old; feature branches keep ${describeAge(rules.featureMaxAge)}.`;
  },
};
