import { type ImageFacts, type ImagePlan, isHigherVersion, type PlannedTag, readImageFacts } from "@longshore/tagging";
import { compareFingerprints } from "../build/fingerprint.ts";

/** What a tag names now, as far as the image tells. */
export interface TagHolder {
  readonly digest: string;
  readonly facts: Pick<ImageFacts, "component" | "revision" | "version" | "branch" | "source" | "fingerprint">;
}

/** The image that asks for the tag. */
export interface TagCandidate {
  readonly digest: string;
  /** Empty of an image that names none. */
  readonly revision: string;
  /** Empty where there is none. */
  readonly component: string;
  readonly version: string;
  /** Branch whose tip the revision is or was; empty of git tags, bare commits and images named by hand. */
  readonly branch: string;
  /** Address of the repository it is of, or empty. */
  readonly source: string;
  /** Whether it is an image of before: then another image of its revision is a later build. */
  readonly reused: boolean;
  /** Whether its version had its moving tags before: then it is nothing new, and takes them from nobody who came after it. */
  readonly republished?: boolean;
  /** Of what its build was told, where a build of its revision by other inputs is somebody's mistake; absent where it is on purpose. */
  readonly fingerprint?: string;
}

/** The image of a plan. */
export function candidateOf(
  { revision, component, version, branch, annotations }: ImagePlan,
  { digest, reused }: Pick<TagCandidate, "digest" | "reused">,
): TagCandidate {
  const { source = "" } = readImageFacts(annotations);
  return { digest, revision, component, version, branch, source, reused };
}

/** How the holder's revision lies to the candidate's: what `needsAncestry` asks for. */
export type Ancestry = "ancestor" | "identical" | "descendant" | "diverged" | "unknown";

/** What the candidate's branch points at now; `undefined` where there is no such branch (any more). */
export type BranchTip = { readonly revision: string | undefined };

/** What was asked because the decision hangs on it; see needsAncestry, needsTip and needsWithdrawal. */
export interface TagEvidence {
  readonly ancestry?: Ancestry | undefined;
  readonly tip?: BranchTip | undefined;
  /** Whether the holder's version is withdrawn: its git tag is gone. */
  readonly withdrawn?: boolean | undefined;
  /** Lets a moving tag leave an image whose revision or component is not ours to compare with. */
  readonly adopt: boolean;
}

/**
 * - `write`: the tag may name the candidate.
 * - `done`: it does already.
 * - `keep`: an immutable tag of the same revision keeps the first image of it.
 * - `leave`: a moving tag stays where it is; `newer` where its image is a newer one, which is nobody's fault.
 * - `refuse`: an immutable tag names another revision, or one that was built otherwise; nothing may be named.
 */
export interface TagDecision {
  readonly action: "write" | "done" | "keep" | "leave" | "refuse";
  /** One clause for people. */
  readonly reason: string;
  readonly newer?: true;
}

/** Whether `decideTag` wants the ancestry of this holder: only where everything else would let the tag move. */
export function needsAncestry(
  tag: PlannedTag,
  holder: TagHolder | undefined,
  candidate: TagCandidate,
): holder is TagHolder & { readonly facts: { readonly revision: string } } {
  return (
    tag.mutability === "moving" &&
    holder !== undefined &&
    (tag.rule !== "highest-version" || isPublishedAfter(holder, candidate)) &&
    holder.digest !== candidate.digest &&
    holder.facts.component === candidate.component &&
    holder.facts.revision !== undefined &&
    candidate.revision !== "" &&
    holder.facts.revision !== candidate.revision
  );
}

/** Whether a version that is published again finds its tag at an image of no version, such as a later one of the default branch. */
function isPublishedAfter({ facts }: TagHolder, { republished = false }: TagCandidate): boolean {
  return republished && facts.version === undefined;
}

/**
 * Whether `decideTag` wants the tip of the candidate's branch, beside the ancestry: after a force push the holder's revision may be no
 * ancestor of what the branch is now, or the candidate's may be what the branch has left.
 */
export function needsTip(tag: PlannedTag, holder: TagHolder | undefined, candidate: TagCandidate): boolean {
  return candidate.branch !== "" && needsAncestry(tag, holder, candidate);
}

/** Whether `decideTag` wants to know if the holder's version is withdrawn: only where nothing else lets the tag stay. */
export function needsWithdrawal(
  tag: PlannedTag,
  holder: TagHolder | undefined,
  candidate: TagCandidate,
): holder is TagHolder & { readonly facts: { readonly version: string } } {
  return (
    tag.rule === "highest-version" &&
    holder?.facts.version !== undefined &&
    holder.digest !== candidate.digest &&
    holder.facts.component === candidate.component &&
    isHigherVersion(holder.facts.version, candidate.version)
  );
}

/** What becomes of one tag. Pure; the guard of "immutable tags never change" and "moving tags never go back" (N6). */
export function decideTag(
  tag: PlannedTag,
  holder: TagHolder | undefined,
  candidate: TagCandidate,
  about: TagEvidence,
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
  if (tag.class === "date-time") {
    return leave(`names another build of this second, ${digest}: this image is found by its other tags`);
  }
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
  holder: TagHolder,
  candidate: TagCandidate,
  { ancestry, tip, withdrawn = false, adopt }: TagEvidence,
): TagDecision {
  const { facts } = holder;
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
      return withdrawn
        ? { action: "write", reason: `moved from ${facts.version}, which is withdrawn: its git tag is gone` }
        : leaveNewer(`names the higher version ${facts.version}`);
    }
    if (isPublishedAfter(holder, candidate)) return decideAgain(revision, { ancestry, adopt });
    if (revision !== candidate.revision || facts.version !== candidate.version) {
      return { action: "write", reason: facts.version === undefined ? "moved" : `moved from ${facts.version}` };
    }
  }
  if (revision === candidate.revision) return refresh(candidate);
  if (ancestry === "identical") return refresh(candidate);
  const isOfBranch = candidate.branch !== "" && facts.branch === candidate.branch;
  if (ancestry === "ancestor") {
    if (facts.version !== undefined && tip?.revision !== undefined && tip.revision !== candidate.revision) {
      const where = `branch ${candidate.branch} is at ${short(tip.revision)} now`;
      return leaveNewer(`names version ${facts.version}, from which only the tip takes it: ${where}`);
    }
    return isOfBranch && tip?.revision === revision
      ? leaveNewer(`names ${short(revision)}, which branch ${candidate.branch} was set back to`)
      : { action: "write", reason: `moved from ${short(revision)}` };
  }
  const isTip = tip?.revision !== undefined && tip.revision === candidate.revision;
  if (ancestry === "descendant") {
    // A newer image of another branch keeps the tag: a branch that was merged is older than what it was merged into.
    return isOfBranch && isTip
      ? { action: "write", reason: `moved from ${short(revision)}, as branch ${candidate.branch} was set back` }
      : leaveNewer(`names ${short(revision)}, which is newer than this revision`);
  }
  const isOther = isOfOtherRepository(facts, candidate);
  if (isTip && !isOther) {
    return { action: "write", reason: `moved from ${short(revision)} to the tip of branch ${candidate.branch}` };
  }
  const related = ancestry === "diverged" ? "is no ancestor of this revision" : "GitHub cannot relate to this revision";
  if (ancestry !== "diverged" && adopt) {
    return { action: "write", reason: `adopted from ${short(revision)}, which ${related}` };
  }
  return leave(`names ${short(revision)}, which ${related}: ${adviseOn(facts, candidate, { ancestry, tip })}`);
}

/** A version that is published again, and an image of no version that has its tag. */
function decideAgain(revision: string, { ancestry, adopt }: Pick<TagEvidence, "ancestry" | "adopt">): TagDecision {
  const held = `names ${short(revision)}`;
  switch (ancestry) {
    case "ancestor":
      return { action: "write", reason: `moved from ${short(revision)}` };
    case "descendant":
      return leaveNewer(`${held}, which is newer than this release, published again`);
    case "unknown":
      return adopt
        ? { action: "write", reason: `adopted from ${short(revision)}, which GitHub cannot relate to this revision` }
        : leave(`${held}, which GitHub cannot relate to this revision: set \`adopt-tags: true\` once to take it over`);
    default:
      return leaveNewer(`${held}, from which a release that is published again does not take it`);
  }
}

/** What to do where the holder is no ancestor and the candidate may not take the tag from it. */
function adviseOn(
  facts: TagHolder["facts"],
  candidate: TagCandidate,
  { ancestry, tip }: Pick<TagEvidence, "ancestry" | "tip">,
): string {
  const { branch } = candidate;
  if (tip?.revision !== undefined && tip.revision !== candidate.revision) {
    return `branch ${branch} is at ${short(tip.revision)} now, whose run moves it; start that one again if it did not`;
  }
  const other = isOfOtherRepository(facts, candidate) ? `its image is of ${facts.source}; ` : "";
  if (ancestry !== "diverged") return `${other}set \`adopt-tags: true\` once to take it over`;
  const gone = tip !== undefined && tip.revision === undefined ? `branch ${branch} is gone; ` : "";
  return `${other}${gone}to move it on purpose promote the image with \`allow-backward: true\` and a \`reason\``;
}

function isOfOtherRepository({ source }: TagHolder["facts"], candidate: TagCandidate): boolean {
  return source !== undefined && candidate.source !== "" && source.toLowerCase() !== candidate.source.toLowerCase();
}

/** Of two builds of one revision the later one is the better: its base images are newer. */
function refresh({ reused }: TagCandidate): TagDecision {
  return reused
    ? leaveNewer("names a later build of this revision")
    : { action: "write", reason: "refreshed: another build of this revision" };
}

function leave(reason: string): TagDecision {
  return { action: "leave", reason };
}

function leaveNewer(reason: string): TagDecision {
  return { action: "leave", reason, newer: true };
}

function componentName(component: string): string {
  return component === "" ? "no component" : `component ${component}`;
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
