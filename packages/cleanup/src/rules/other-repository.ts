import type { RetentionRule } from "./retention-rule.ts";

/** C3: an image that says it is of another repository belongs to that one's pull requests and branches, which are not known here. */
export const keepOtherRepository: RetentionRule = {
  name: "other-repository",
  keep: ({ tags }) => {
    const tag = tags.find((each) => each.as === "elsewhere");
    return tag?.as === "elsewhere" ? `${tag.name} is on an image that says it is of ${tag.repository}.` : undefined;
  },
};
