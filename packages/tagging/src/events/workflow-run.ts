import { InputError, quote } from "@longshore/language";
import { asPayload, readList, readMoment, readText, requireNumber, requireSha, requireText } from "../payload.ts";
import { parseVersion } from "../version.ts";
import { commitOf, type EventReader, type EventReading, nothing } from "./event-reading.ts";
import { parseMergeQueueBranch } from "./merge-queue-branch.ts";
import { readRef } from "./read-ref.ts";

/** @throws InputError for a fork's run: this event's token can write, and the run's code is a stranger's. */
export function refuseForkRun({ payload, repository }: EventReading): void {
  const head = readText(payload, "workflow_run.head_repository.full_name");
  if (head.toLowerCase() === repository.fullName.toLowerCase()) return;
  const owner = head === "" ? "a repository that is gone" : quote(head);
  throw new InputError(
    `Event workflow_run is of a run of ${owner}, and Longshore never builds a fork's code with a token that can write; build it on pull_request.`,
  );
}

/** The facts of the run's head. */
export const readWorkflowRun: EventReader = (reading) => {
  refuseForkRun(reading);
  const { payload } = reading;
  const cause = readText(payload, "workflow_run.event");
  const branch = requireText(payload, "workflow_run.head_branch");
  const revision = requireSha(payload, "workflow_run.head_sha");
  const created = readMoment(payload, "workflow_run.head_commit.timestamp");
  const shared = commitOf(reading, revision, created);
  if (cause.startsWith("pull_request")) {
    if (cause === "pull_request_target") return nothing(reading, "the run was started by pull_request_target");
    const [first] = readList(payload, "workflow_run.pull_requests");
    if (first === undefined) return nothing(reading, "the pull request of that run is closed");
    return { kind: "pull-request", number: requireNumber(asPayload(first), "number"), branch, ...shared };
  }
  if (cause === "merge_group") {
    const { base, number } = parseMergeQueueBranch(branch);
    return { kind: "merge-queue", number, branch: base, ...shared };
  }
  if (cause === "release") return readRef(reading, `refs/tags/${branch}`, { revision, created });
  if (looksLikeVersion(branch)) {
    throw new InputError(
      `Event workflow_run does not tell whether ${quote(branch)} is a branch or a tag; give input ref, such as refs/tags/${branch}.`,
    );
  }
  return readRef(reading, `refs/heads/${branch}`, { revision, created });
};

function looksLikeVersion(name: string): boolean {
  return [name, ...[...name.matchAll(/[/-]/g)].map(({ index }) => name.slice(index + 1))].some(
    (part) => parseVersion(part) !== undefined,
  );
}
