import { InputError, isOciTag, mutabilityOf, type PlannedTag, parseTag, type TagClass } from "@longshore/tagging";
import type { TagCandidate, TagDecision, TagHolder } from "./tag-decision.ts";

/**
 * A tag that somebody asks for by name, read by the one grammar: names of one commit, build or version are immutable, version lines,
 * `latest` and all names of the caller's own (`stable`, `production`) move. Throws InputError for names that are kept for
 * signatures and build caches.
 */
export function planNamedTag(name: string, reason: string): PlannedTag {
  const shown = JSON.stringify(name.length > 140 ? `${name.slice(0, 140)}…` : name);
  if (!isOciTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}; a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`,
    );
  }
  if (isCompanionTag(name)) {
    throw new InputError(
      `Input tags holds ${shown}, which is kept for signatures and build caches; choose another name.`,
    );
  }
  const tagClass = classOf(name);
  const mutability = mutabilityOf(tagClass);
  return {
    name,
    class: tagClass,
    mutability,
    reason,
    ...(mutability === "moving" ? { rule: "ancestor" as const } : {}),
  };
}

/** Whether a tag is no image's name: a signature, a list of referrers or a build cache. */
export function isCompanionTag(name: string): boolean {
  return /^sha256-[0-9a-f]{64}/.test(name) || classOf(name) === "cache";
}

/** The repository's suffixes are not known here, so what follows any dash is tried as one, the longest name first. */
function classOf(name: string): TagClass {
  const dashes = [...name.matchAll(/-/g)].map(({ index }) => index).reverse();
  for (const suffix of ["", ...dashes.map((index) => name.slice(index))]) {
    const read = parseTag(name, { defaultBranch: "main", suffixes: [suffix] });
    const isOwn = read.class === "tag" || read.class === "unknown";
    if (!isOwn && ("suffix" in read ? read.suffix === suffix : suffix === "")) return read.class;
  }
  return "extra";
}

/** Version lines and `latest` go by version where both images say theirs; else, as all moving tags, by ancestry. */
export function ruleNamedTag(tag: PlannedTag, holder: TagHolder | undefined, candidate: TagCandidate): PlannedTag {
  const isByVersion = tag.class === "version-line" || tag.class === "latest";
  if (!isByVersion || candidate.version === "" || holder?.facts.version === undefined) return tag;
  return { ...tag, rule: "highest-version" };
}

/**
 * What becomes of a decision when the tag was asked for by name: an immutable tag names this very image or none is named, and a
 * moving one goes back where that is wanted.
 */
export function decideNamedTag(
  tag: PlannedTag,
  decision: TagDecision,
  { backward }: { readonly backward: boolean },
): TagDecision {
  if (tag.mutability === "immutable") {
    const isOther = decision.action === "keep" || decision.action === "leave";
    return isOther ? { action: "refuse", reason: `names another image (it ${decision.reason})` } : decision;
  }
  if (decision.action !== "leave" || !backward) return decision;
  return { action: "write", reason: `moved on purpose: it ${decision.reason.split(":")[0]}` };
}
