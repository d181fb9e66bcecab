import { describeAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** A build cache lives as long as its pull request or branch, and as long after its last write as their images would. */
export const keepBuildCache: RetentionRule = {
  name: "build-cache",
  keep: ({ tags, age }, { rules }) => {
    for (const tag of tags) {
      if (tag.as !== "cache") continue;
      if (tag.inUse !== undefined) return `${tag.name} is in use: ${tag.inUse}.`;
      const limit = tag.pullRequest === undefined ? rules.featureMaxAge : rules.pullRequestMaxAge;
      if (age < limit) return `${tag.name} is ${describeAge(age)} old; such a cache stays for ${describeAge(limit)}.`;
    }
    return undefined;
  },
};
