import type { ViewedVersion } from "./package-view.ts";
import type { VersionClass } from "./prune-plan.ts";
import type { TagReading } from "./tag-reading.ts";

/** What a version is, for the report: by its most telling tag, else by what it is part of. */
export function classifyVersion({ tags, manifest }: ViewedVersion, isPart: boolean, isReferrer: boolean): VersionClass {
  if (tags.length === 0) {
    if (isPart) return "part";
    return isReferrer || manifest?.subject !== undefined ? "referrer" : "untagged";
  }
  const classes = tags.map(classOf);
  return ranking.find((each) => classes.includes(each)) ?? "other";
}

/** A version with tags of several classes counts as the first of these. */
const ranking: readonly VersionClass[] = [
  "release",
  "default-branch",
  "merge-queue",
  "feature",
  "pull-request",
  "other",
  "cache",
  "referrer",
];

function classOf(tag: TagReading): VersionClass {
  switch (tag.as) {
    case "elsewhere":
      return tag.tagClass === "pull-request" || tag.tagClass === "feature" ? tag.tagClass : "default-branch";
    case "pull-request":
    case "feature":
    case "default-branch":
    case "cache":
    case "referrer":
      return tag.as;
    case "contradiction":
      return "other";
    case "other":
      switch (tag.tagClass) {
        case "version":
        case "version-line":
          return "release";
        case "branch":
          return "default-branch";
        case "merge-queue":
          return "merge-queue";
        default:
          return "other";
      }
  }
}
