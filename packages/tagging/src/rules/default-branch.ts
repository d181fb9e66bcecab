import { move, put, type TagRule } from "./tag-rule.ts";

/** N4: every commit of the default branch is named by branch, by sha and by time; the branch and the day move on. */
export const tagDefaultBranch: TagRule = ({ facts, options, sha7, suffix }) => {
  if (facts.kind !== "default-branch") return [];
  const [day = "", clock = ""] = options.now.toISOString().split(/[T.]/);
  const date = day.replaceAll("-", "");
  const time = clock.replaceAll(":", "");
  return [
    put({ class: "default-branch", sha7, suffix }, "this commit of the default branch"),
    put({ class: "commit", sha: sha7, suffix }, "this commit, short"),
    put({ class: "commit", sha: facts.revision, suffix }, "this commit, in full"),
    put({ class: "date-time", date, time, suffix }, "moment of this build, UTC"),
    move({ class: "date", date, suffix }, "ancestor", "newest image of this day, UTC"),
    move({ class: "branch", suffix }, "ancestor", "newest image of the default branch"),
  ];
};
