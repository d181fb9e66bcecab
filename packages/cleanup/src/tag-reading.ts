import { featureSlug, type ImageFacts, parseTag, type Tag, type TagClass } from "@longshore/tagging";
import type { Branches } from "./branches.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";

/** What one tag of a version means for its stay. Only `other` and `contradiction` keep by themselves. */
export type TagReading =
  | { readonly as: "pull-request"; readonly name: string; readonly number: number; readonly sha7: string }
  | {
      readonly as: "feature";
      readonly name: string;
      /** Of all images of one line, the newest revision counts: the branch the image says it is of, else the slug */
      readonly line: string;
      readonly branchExists: boolean;
      readonly sha7: string;
    }
  /** Any name of a default-branch image that is no moving one; `revision` tells its commits apart */
  | { readonly as: "default-branch"; readonly name: string; readonly revision: string }
  | {
      readonly as: "cache";
      readonly name: string;
      readonly pullRequest?: number;
      /** Whose it is while that lives, a clause */
      readonly inUse?: string;
    }
  /** `subject` is the digest this fallback index, signature, attestation or SBOM belongs to */
  | { readonly as: "referrer"; readonly name: string; readonly subject: string }
  | { readonly as: "contradiction"; readonly name: string; readonly problem: string }
  | { readonly as: "other"; readonly name: string; readonly tagClass: TagClass; readonly what: string };

/** What tags are read against. */
export interface ReadingContext {
  readonly facts: PruneFacts;
  readonly rules: PruneRules;
  readonly branches: Branches;
  /** With their dashes */
  readonly suffixes: readonly string[];
}

/**
 * The tags of one version. `image` is undefined where its manifest is not known.
 * Referrer tags: https://github.com/opencontainers/distribution-spec (referrers tag schema), and cosign's `.sig`, `.att`, `.sbom`.
 */
export function readTags(
  names: readonly string[],
  image: ImageFacts | undefined,
  context: ReadingContext,
): readonly TagReading[] {
  const parsed = names.map((name) => ({ name, tag: readTag(name, image, context) }));
  const own = parsed.find(({ tag }) => tag.class === "default-branch")?.tag;
  const isUnnamed = image === undefined || image.kind === "unknown";
  const isDefaultBranch = image?.kind === "default-branch" || (isUnnamed && own !== undefined);
  return parsed.map(({ name, tag }): TagReading => {
    const [, hex] = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/.exec(name) ?? [];
    if (hex !== undefined) return { as: "referrer", name, subject: `sha256:${hex}` };
    switch (tag.class) {
      case "pull-request":
        return readPullRequest(name, tag, image);
      case "feature":
        return readFeature(name, tag, image, context);
      case "cache":
        return readCache(name, tag, context);
      case "default-branch":
      case "commit":
      case "date":
      case "date-time": {
        if (!isDefaultBranch) return { as: "other", name, tagClass: tag.class, what: describe(tag) };
        const revision = tag.class === "default-branch" ? tag.sha7 : commitOf(tag, own, image, name);
        return { as: "default-branch", name, revision };
      }
      default:
        return { as: "other", name, tagClass: tag.class, what: describe(tag) };
    }
  });
}

/** Suffixes need not be told where the image's own annotations say which part of its tag is none. */
function readTag(name: string, image: ImageFacts | undefined, { facts, suffixes }: ReadingContext): Tag {
  const tag = parseTag(name, { defaultBranch: facts.defaultBranch, suffixes });
  const sha7 = image?.revision?.slice(0, 7);
  if (sha7 === undefined || image?.kind === "unknown") return tag;
  const at = name.lastIndexOf(`-${sha7}-`);
  if (at < 0 || tag.class === "pull-request") return tag;
  const read = parseTag(name, { defaultBranch: facts.defaultBranch, suffixes: [name.slice(at + 8)] });
  return read.class === image?.kind ? read : tag;
}

function readPullRequest(
  name: string,
  { number, sha7 }: Extract<Tag, { class: "pull-request" }>,
  image: ImageFacts | undefined,
): TagReading {
  const problem = findContradiction(number, sha7, image);
  return problem === undefined
    ? { as: "pull-request", name, number, sha7 }
    : { as: "contradiction", name, problem: `${name} is on an image that says it is ${problem}` };
}

function findContradiction(number: number, sha7: string, image: ImageFacts | undefined): string | undefined {
  if (image === undefined || image.kind === "unknown") return undefined;
  if (image.kind !== "pull-request") return `of another kind: ${image.kind}`;
  if (image.pullRequest !== undefined && image.pullRequest !== number) return `of pull request ${image.pullRequest}`;
  if (image.revision !== undefined && !image.revision.startsWith(sha7))
    return `of commit ${image.revision.slice(0, 7)}`;
  return undefined;
}

function readFeature(
  name: string,
  { slug, sha7, suffix }: Extract<Tag, { class: "feature" }>,
  image: ImageFacts | undefined,
  { facts, rules, branches }: ReadingContext,
): TagReading {
  const other = (what: string): TagReading => ({ as: "other", name, tagClass: "feature", what });
  if (image === undefined || image.kind === "unknown") {
    if (!rules.trustTagNames) return other("looks like a feature branch's, but the image does not say that it is one");
    return { as: "feature", name, line: `slug ${slug}`, branchExists: branches.exists(slug, suffix, undefined), sha7 };
  }
  if (image.kind !== "feature") return other(`is on an image of another kind: ${image.kind}`);
  if (image.revision !== undefined && !image.revision.startsWith(sha7))
    return other("is on an image of another commit");
  const { branch } = image;
  if (branch !== undefined && featureSlug(branch, facts.defaultBranch, suffix) !== slug) {
    return other(`is on an image of another branch: ${branch}`);
  }
  const line = branch === undefined ? `slug ${slug}` : `branch ${branch}`;
  return { as: "feature", name, line, branchExists: branches.exists(slug, suffix, branch), sha7 };
}

function readCache(
  name: string,
  { scope }: Extract<Tag, { class: "cache" }>,
  { facts, branches }: ReadingContext,
): TagReading {
  const branch = branches.ofScope(scope, name.length === 128);
  if (branch !== undefined) return { as: "cache", name, inUse: `branch ${branch} exists` };
  const [, digits] = /^pr-([1-9]\d*)(?:-|$)/.exec(scope) ?? [];
  if (digits === undefined) return { as: "cache", name };
  const pullRequest = Number(digits);
  if (!facts.openPullRequests.has(pullRequest)) return { as: "cache", name, pullRequest };
  return { as: "cache", name, pullRequest, inUse: `pull request ${pullRequest} is open` };
}

function commitOf(tag: Tag, own: Tag | undefined, image: ImageFacts | undefined, name: string): string {
  if (tag.class === "commit") return tag.sha.slice(0, 7);
  if (own?.class === "default-branch") return own.sha7;
  return image?.revision?.slice(0, 7) ?? name;
}

function describe(tag: Tag): string {
  switch (tag.class) {
    case "version":
      return "is a release";
    case "version-line":
    case "latest":
    case "branch":
    case "date":
      return "is a tag that people follow";
    case "commit":
    case "date-time":
      return "names a commit or a build for good";
    case "merge-queue":
      return "is of the merge queue";
    default:
      return "is a tag somebody else gave";
  }
}
