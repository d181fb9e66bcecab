import { describeAge, tellAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** C1: an open pull request keeps the images of its head, and the newest of each variant. */
export const keepOpenPullRequest: RetentionRule = {
  name: "open-pull-request",
  keep: ({ tags }, { newest }) => {
    for (const tag of tags) {
      if (tag.as !== "pull-request" || !tag.isOpen) continue;
      if (tag.isHead) return `${tag.name} is of the head of open pull request ${tag.number}.`;
      if (newest.has(tag.name)) return `${tag.name} is the newest of open pull request ${tag.number}.`;
    }
    return undefined;
  },
};

/** C1: every image of a pull request stays for a while, whatever became of the pull request. */
export const keepYoungPullRequest: RetentionRule = {
  name: "pull-request-age",
  keep: (version, { rules }) => {
    if (version.age >= rules.pullRequestMaxAge) return undefined;
    const tag = version.tags.find(({ as }) => as === "pull-request");
    return tag && `${tag.name} ${tellAge(version)}; pull requests keep ${describeAge(rules.pullRequestMaxAge)}.`;
  },
};
