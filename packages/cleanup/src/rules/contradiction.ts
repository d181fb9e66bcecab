import type { RetentionRule } from "./retention-rule.ts";

/** A pull request's tag on an image that says it is something else: somebody knows more than we do. */
export const keepContradiction: RetentionRule = {
  name: "contradiction",
  keep: ({ tags }) => {
    const tag = tags.find(({ as }) => as === "contradiction");
    return tag?.as === "contradiction" ? `${tag.problem}.` : undefined;
  },
};
