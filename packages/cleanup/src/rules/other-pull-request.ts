import type { ViewedVersion } from "../package-view.ts";
import type { RetentionRule } from "./retention-rule.ts";

/** C10: a prune for one pull request takes nothing that has a tag of anything else. */
export const keepOtherPullRequest: RetentionRule = {
  name: "other-pull-request",
  keep: ({ tags }, { rules: { pullRequest } }) => {
    if (pullRequest === undefined) return undefined;
    const tag = tags.find((each) => each.as !== "referrer" && numberOf(each) !== pullRequest);
    return tag && `${tag.name} is not of pull request ${pullRequest}, whose images alone may go.`;
  },
};

/** The pull request a tag is of, as an image or as its build cache. */
export function numberOf(tag: ViewedVersion["tags"][number]): number | undefined {
  if (tag.as === "pull-request") return tag.number;
  return tag.as === "cache" ? tag.pullRequest : undefined;
}
