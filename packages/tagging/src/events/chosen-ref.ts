import { readMoment, readText } from "../payload.ts";
import { type EventReader, eventSha } from "./event-reading.ts";
import { readRef } from "./read-ref.ts";

/** Events without a commit of their own run on a chosen ref: workflow_dispatch, schedule, repository_dispatch. */
export const readChosenRef: EventReader = (reading) => {
  const { event, payload } = reading;
  const revision = eventSha(reading);
  const isHead = readText(payload, "head_commit.id").toLowerCase() === revision;
  const created = isHead ? readMoment(payload, "head_commit.timestamp") : "";
  return readRef(reading, event.ref || readText(payload, "ref"), { revision, created });
};
