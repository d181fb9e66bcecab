import { describeAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** C1: an open pull request keeps its newest revision, with all of its variants. */
export const keepOpenPullRequest: RetentionRule = {
  name: "open-pull-request",
  keep: ({ tags }, { facts, newest }) => {
    for (const tag of tags) {
      if (tag.as !== "pull-request" || !facts.openPullRequests.has(tag.number)) continue;
      if (newest.get(tag.number) === tag.sha7) return `${tag.name} is the newest of open pull request ${tag.number}.`;
    }
    return undefined;
  },
};

/** C1: every image of a pull request stays for a while, whatever became of the pull request. */
export const keepYoungPullRequest: RetentionRule = {
  name: "pull-request-age",
  keep: ({ tags, age }, { rules }) => {
    if (age >= rules.pullRequestMaxAge) return undefined;
    const tag = tags.find(({ as }) => as === "pull-request");
    return tag && `${tag.name} is ${describeAge(age)} old; pull requests keep ${describeAge(rules.pullRequestMaxAge)}.`;
  },
};
