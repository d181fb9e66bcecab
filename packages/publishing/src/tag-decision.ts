import { type ImageFacts, isHigherVersion, type PlannedTag } from "@longshore/tagging";
import { compareFingerprints } from "./fingerprint.ts";

/** What a tag names now, as far as the image tells. */
export interface TagHolder {
  readonly digest: string;
  readonly facts: Pick<ImageFacts, "component" | "fingerprint"> & {
    readonly revision?: string;
    readonly version?: string;
  };
}

/** The image that asks for the tag. */
export interface TagCandidate {
  readonly digest: string;
  /** Empty of an image that names none. */
  readonly revision: string;
  /** Empty where there is none. */
  readonly component: string;
  readonly version: string;
  /** Whether it is an image of before: then another image of its revision is a later build. */
  readonly reused: boolean;
  /** Of what its build was told, where a build of its revision by other inputs is somebody's mistake; absent where it is on purpose. */
  readonly fingerprint?: string;
}

/** How the holder's revision lies to the candidate's: what `needsAncestry` asks for. */
export type Ancestry = "ancestor" | "identical" | "descendant" | "diverged" | "unknown";

/**
 * - `write`: the tag may name the candidate.
 * - `done`: it does already.
 * - `keep`: an immutable tag of the same revision keeps the first image of it.
 * - `leave`: a moving tag stays where it is.
 * - `refuse`: an immutable tag names another revision, or one that was built otherwise; nothing may be named.
 */
export interface TagDecision {
  readonly action: "write" | "done" | "keep" | "leave" | "refuse";
  /** One clause for people. */
  readonly reason: string;
}

/** Whether `decideTag` wants the ancestry of this holder: only where everything else would let the tag move. */
export function needsAncestry(
  tag: PlannedTag,
  holder: TagHolder | undefined,
  candidate: TagCandidate,
): holder is TagHolder & { readonly facts: { readonly revision: string } } {
  return (
    tag.mutability === "moving" &&
    tag.rule !== "highest-version" &&
    holder !== undefined &&
    holder.digest !== candidate.digest &&
    holder.facts.component === candidate.component &&
    holder.facts.revision !== undefined &&
    candidate.revision !== "" &&
    holder.facts.revision !== candidate.revision
  );
}

/**
 * What becomes of one tag. Pure; the guard of "immutable tags never change" and "moving tags never go back" (N6).
 * `adopt` lets a moving tag leave an image whose revision or component is not ours to compare with.
 */
export function decideTag(
  tag: PlannedTag,
  holder: TagHolder | undefined,
  candidate: TagCandidate,
  about: { readonly ancestry?: Ancestry | undefined; readonly adopt: boolean },
): TagDecision {
  if (holder === undefined) return { action: "write", reason: "new" };
  if (holder.digest === candidate.digest) return { action: "done", reason: "names this image already" };
  return tag.mutability === "immutable"
    ? decideImmutable(tag, holder, candidate)
    : decideMoving(tag, holder, candidate, about);
}

function decideImmutable(tag: PlannedTag, { digest, facts }: TagHolder, candidate: TagCandidate): TagDecision {
  if (facts.revision === candidate.revision && facts.component === candidate.component) {
    const inputs = compareFingerprints(facts.fingerprint, candidate.fingerprint);
    if (inputs.length > 0) {
      return {
        action: "refuse",
        reason: `names an image of this revision that was built otherwise (${inputs.join(", ")} differ), ${digest}: give each build an image name or a suffix of its own`,
      };
    }
    return { action: "keep", reason: `keeps the first image of this revision, ${digest}` };
  }
  // Two builds within a second, or under one SOURCE_DATE_EPOCH, are no mistake of anybody's: the first keeps the name.
  if (tag.class === "date-time") return leave(`names another build of this second, ${digest}`);
  const other =
    facts.revision === undefined
      ? "an image that names no revision"
      : facts.revision === candidate.revision
        ? `an image of ${componentName(facts.component)}`
        : `revision ${facts.revision}`;
  return {
    action: "refuse",
    reason: `names ${other} (${digest}), not ${candidate.revision || "an image that names no revision"} (${candidate.digest})`,
  };
}

function decideMoving(
  tag: PlannedTag,
  { facts }: TagHolder,
  candidate: TagCandidate,
  { ancestry, adopt }: { readonly ancestry?: Ancestry | undefined; readonly adopt: boolean },
): TagDecision {
  const { revision } = facts;
  if (revision === undefined) {
    return adopt
      ? { action: "write", reason: "adopted from an image that names no revision" }
      : leave("names an image without a revision: set `adopt-tags: true` once to take it over");
  }
  if (facts.component !== candidate.component) {
    const other = componentName(facts.component);
    return adopt
      ? { action: "write", reason: `adopted from ${other}` }
      : leave(
          `names an image of ${other}: give each component its own repository, or set \`adopt-tags: true\` once to take it over`,
        );
  }
  if (tag.rule === "highest-version") {
    if (facts.version !== undefined && isHigherVersion(facts.version, candidate.version)) {
      return leave(`names the higher version ${facts.version}`);
    }
    if (revision !== candidate.revision || facts.version !== candidate.version) {
      return { action: "write", reason: facts.version === undefined ? "moved" : `moved from ${facts.version}` };
    }
  }
  if (revision === candidate.revision) return refresh(candidate);
  switch (ancestry) {
    case "ancestor":
      return { action: "write", reason: `moved from ${short(revision)}` };
    case "identical":
      return refresh(candidate);
    case "descendant":
      return leave(`names ${short(revision)}, which is newer than this revision`);
    case "diverged":
      return leave(`names ${short(revision)}, which is no ancestor of this revision`);
    default:
      return adopt
        ? { action: "write", reason: `adopted from ${short(revision)}, which GitHub cannot relate to this revision` }
        : leave(
            `names ${short(revision)}, which GitHub cannot relate to this revision: set \`adopt-tags: true\` once to take it over`,
          );
  }
}

/** Of two builds of one revision the later one is the better: its base images are newer. */
function refresh({ reused }: TagCandidate): TagDecision {
  return reused
    ? leave("names a later build of this revision")
    : { action: "write", reason: "refreshed: another build of this revision" };
}

function leave(reason: string): TagDecision {
  return { action: "leave", reason };
}

function componentName(component: string): string {
  return component === "" ? "no component" : `component ${component}`;
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
