import { InputError } from "@longshore/language";
import { isOciTag, mutabilityOf, type PlannedTag, parseCompanionTag, parseTag, type Tag } from "@longshore/tagging";
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
  const tagClass = readName(name)?.class ?? "extra";
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
  return parseCompanionTag(name) !== undefined || readName(name)?.class === "cache";
}

/** The repository's suffixes are not known here, so what follows any dash is tried as one, the longest name first. */
function readName(name: string): Exclude<Tag, { class: "unknown" }> | undefined {
  const dashes = [...name.matchAll(/-/g)].map(({ index }) => index).reverse();
  for (const suffix of ["", ...dashes.map((index) => name.slice(index))]) {
    const read = parseTag(name, { defaultBranch: "main", suffixes: [suffix] });
    if (read.class !== "tag" && read.class !== "unknown" && read.suffix === suffix) return read;
  }
  return undefined;
}

/**
 * Whether an immutable name may be this image's: `contradicts` where the name tells a commit, a version or a moment that the image
 * is not of, with a clause; `ask-git` where the name is a version, and git may know of which commit.
 */
export type NameCheck =
  | { readonly name: "fits" }
  | { readonly name: "ask-git"; readonly version: string }
  | { readonly name: "contradicts"; readonly reason: string };

/** `isOwn`: the image has this name already where it comes from, so what it does not say of itself need not be known. */
export function checkName(
  name: string,
  { revision, version }: Pick<TagCandidate, "revision" | "version">,
  { isOwn }: { readonly isOwn: boolean },
): NameCheck {
  const read = readName(name);
  switch (read?.class) {
    case "feature":
      // Other tools' `build-1234567` reads so too, and may keep its name.
      return isOwn ? fits : checkCommit(read.sha7);
    case "pull-request":
    case "merge-queue":
    case "default-branch":
      return checkCommit(read.sha7);
    case "commit":
      return checkCommit(read.sha);
    case "date-time":
      return isOwn ? fits : contradicts("is the name of the moment an image is built, which only its build gives");
    case "version":
      if (version === "") return isOwn ? fits : { name: "ask-git", version: read.version };
      return spellsVersion(name, version)
        ? fits
        : contradicts(`is of version ${read.version}, and the image of ${version}`);
    default:
      return fits;
  }

  function checkCommit(sha: string): NameCheck {
    if (revision === "" && isOwn) return fits;
    if (revision !== "" && revision.startsWith(sha)) return fits;
    const stated = revision === "" ? "names none" : `is of ${revision}`;
    return contradicts(`is the name of commit ${sha}, and the image ${stated}`);
  }
}

/** What git says of a version's name: `commit` is its git tag's, undefined where there is no such git tag. */
export function checkVersionCommit(
  { revision }: Pick<TagCandidate, "revision">,
  commit: string | undefined,
): NameCheck {
  if (commit === undefined || commit === revision) return fits;
  const stated = revision === "" ? "names no commit" : `is of ${revision}`;
  return contradicts(`is of the git tag at ${commit}, and the image ${stated}`);
}

const fits: NameCheck = { name: "fits" };

function contradicts(reason: string): NameCheck {
  return { name: "contradicts", reason };
}

/** As the version's tag is written, with or without `v`, and any suffix behind it. */
function spellsVersion(name: string, version: string): boolean {
  const bare = name.replace(/^v/, "");
  const spelled = version.replace("+", "_");
  return bare === spelled || bare.startsWith(`${spelled}-`);
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
