import { describeAge, tellAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** A build cache lives as long as its pull request or branch, and as long after its last write as their images would. */
export const keepBuildCache: RetentionRule = {
  name: "build-cache",
  keep: (version, { rules }) => {
    for (const tag of version.tags) {
      if (tag.as !== "cache") continue;
      if (tag.inUse !== undefined) return `${tag.name} is in use: ${tag.inUse}.`;
      const limit = tag.pullRequest === undefined ? rules.featureMaxAge : rules.pullRequestMaxAge;
      if (version.age < limit) return `${tag.name} ${tellAge(version)}; such a cache stays for ${describeAge(limit)}.`;
    }
    return undefined;
  },
};
