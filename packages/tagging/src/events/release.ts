import { readFlag, readText, requireText } from "../payload.ts";
import { type EventReader, eventSha, nothing } from "./event-reading.ts";
import { readRef } from "./read-ref.ts";

/** A GitHub release names its tag, unless it is a draft or on its way out. Its flag makes any version a prerelease. */
export const readRelease: EventReader = (reading) => {
  const { payload } = reading;
  const action = readText(payload, "action");
  if (action === "deleted" || action === "unpublished") return nothing(reading, `the release was ${action}`);
  if (readFlag(payload, "release.draft")) return nothing(reading, "the release is a draft");
  const gitTag = requireText(payload, "release.tag_name");
  const isPrerelease = readFlag(payload, "release.prerelease");
  return readRef(reading, `refs/tags/${gitTag}`, { revision: eventSha(reading), created: "", isPrerelease });
};
