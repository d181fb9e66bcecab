import { put, type TagRule } from "./tag-rule.ts";

/** N1: `pr-{number}-{sha7}` of the head commit. */
export const tagPullRequest: TagRule = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "pull-request") return [];
  return [
    put({ class: "pull-request", number: facts.number, sha7, suffix }, `head commit of pull request ${facts.number}`),
  ];
};
