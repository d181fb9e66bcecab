import { put, type TagRule } from "./tag-rule.ts";

/** N8: `mq-{number}-{sha7}`, and nothing moves: the commit may never land. */
export const tagMergeQueue: TagRule = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "merge-queue") return [];
  return [
    put(
      { class: "merge-queue", number: facts.number, sha7, suffix },
      `pull request ${facts.number} in the merge queue`,
    ),
  ];
};
