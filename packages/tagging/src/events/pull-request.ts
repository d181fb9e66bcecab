import { hasField, readFlag, readText, requireNumber, requireSha, requireText } from "../payload.ts";
import { commitOf, type EventReader, nothing } from "./event-reading.ts";

/** The revision is the head's: `GITHUB_SHA` is a merge commit GitHub made up, and the base's once the request is closed. */
export const readPullRequest: EventReader = (reading) => {
  const { payload } = reading;
  const isClosed = readText(payload, "action") === "closed" || readText(payload, "pull_request.state") === "closed";
  if (isClosed || readFlag(payload, "pull_request.merged")) return nothing(reading, "the pull request is closed");
  const number = requireNumber(payload, hasField(payload, "pull_request.number") ? "pull_request.number" : "number");
  const branch = requireText(payload, "pull_request.head.ref");
  const revision = requireSha(payload, "pull_request.head.sha");
  return { kind: "pull-request", number, branch, ...commitOf(reading, revision, "") };
};
