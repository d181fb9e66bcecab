import { hasObject, readMoment, readText, requireSha, requireText } from "../payload.ts";
import { commitOf, type EventReader, nothing } from "./event-reading.ts";
import { parseMergeQueueBranch } from "./merge-queue-branch.ts";

/** A merge queue asks for checks. The sha in the branch's name is not the head's. */
export const readMergeGroup: EventReader = (reading) => {
  const { payload } = reading;
  if (readText(payload, "action") === "destroyed") return nothing(reading, "the merge group was dissolved");
  const { base, number } = parseMergeQueueBranch(requireText(payload, "merge_group.head_ref"));
  const revision = requireSha(payload, "merge_group.head_sha");
  const created = hasObject(payload, "merge_group.head_commit")
    ? readMoment(payload, "merge_group.head_commit.timestamp")
    : "";
  const branch = readText(payload, "merge_group.base_ref").replace(/^refs\/heads\//, "") || base;
  return { kind: "merge-queue", number, branch, ...commitOf(reading, revision, created) };
};
