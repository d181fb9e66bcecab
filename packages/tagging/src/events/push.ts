import { readFlag, readMoment, readText } from "../payload.ts";
import { type EventReader, eventSha, nothing } from "./event-reading.ts";
import { readRef } from "./read-ref.ts";

/** A push of a branch or tag. Of an annotated tag `after` is the tag object; `GITHUB_SHA` is always the commit. */
export const readPush: EventReader = (reading) => {
  const { event, payload } = reading;
  const isDeleted =
    readFlag(payload, "deleted") || [event.sha, readText(payload, "after")].some((sha) => /^0{40}$/.test(sha));
  if (isDeleted) return nothing(reading, "the push deleted its branch or tag");
  const revision = eventSha(reading);
  // The head commit may be another one where a tag does not point at a branch's tip.
  const isHead = readText(payload, "head_commit.id").toLowerCase() === revision;
  return readRef(reading, event.ref || readText(payload, "ref"), {
    revision,
    created: isHead ? readMoment(payload, "head_commit.timestamp") : "",
  });
};
