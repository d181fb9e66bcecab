import { InputError, quote } from "@longshore/language";
import type { BuildFacts } from "../build-facts.ts";
import { isForeignVersion, refuseEndlessVersion, versionOfGitTag } from "../git-tag.ts";
import { formatVersion } from "../version.ts";
import { commitOf, type EventReading, nothing } from "./event-reading.ts";

/** A commit, and what is known about it. */
export interface RefCommit {
  readonly revision: string;
  /** RFC 3339, or empty */
  readonly created: string;
  /** GitHub's flag on a release: its version moves nothing */
  readonly isPrerelease?: boolean;
}

/** The facts of a commit under a branch, a tag or no name at all (`ref` is then a sha). @throws InputError */
export function readRef(reading: EventReading, ref: string, commit: RefCommit): BuildFacts {
  const [, room, name = ""] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  const shared = commitOf(reading, commit.revision, commit.created);
  if (room === "heads") return readBranch(reading, name, shared);
  if (room === "tags") return readGitTag(reading, name, shared, commit.isPrerelease ?? false);
  if (/^[0-9a-f]{40}$/i.test(ref)) return { kind: "tag", gitTag: "", ...shared };
  throw new InputError(
    `Git ref ${quote(ref)} is neither a branch (refs/heads/…), a tag (refs/tags/…) nor a full commit sha.`,
  );
}

function readBranch(reading: EventReading, branch: string, shared: ReturnType<typeof commitOf>): BuildFacts {
  if (/^gh-readonly-queue\//.test(branch)) {
    return nothing(reading, "the merge_group event names the images of a merge queue, not the push of its branch");
  }
  const { defaultBranch } = reading.repository;
  if (defaultBranch === "") {
    throw new InputError(
      "The event payload has nothing at repository.default_branch, without which a branch cannot be told from the default branch.",
    );
  }
  return { kind: branch === defaultBranch ? "default-branch" : "feature", branch, ...shared };
}

function readGitTag(
  reading: EventReading,
  gitTag: string,
  shared: ReturnType<typeof commitOf>,
  isPrerelease: boolean,
): BuildFacts {
  const { component } = reading;
  refuseEndlessVersion(gitTag);
  const version = versionOfGitTag(gitTag, component);
  if (version !== undefined) {
    const kind = isPrerelease || version.prerelease.length > 0 ? "prerelease" : "release";
    return { kind, gitTag, version: formatVersion(version), ...shared };
  }
  if (isForeignVersion(gitTag, component)) {
    return nothing(
      reading,
      `a version of component ${component} is tagged ${component}/v1.2.3 or ${component}-v1.2.3, and this tag is neither`,
    );
  }
  return { kind: "tag", gitTag, ...shared };
}
