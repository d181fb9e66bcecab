import { featureSlug, type ImageFacts, parseTag, type Tag, type TagClass } from "@longshore/tagging";
import type { Branches } from "./branches.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";
import { subjectOfTag } from "./subject-of-tag.ts";

/** What one tag of a version means for its stay. Only `other` and `contradiction` keep by themselves. */
export type TagReading =
  | (OfLine & { readonly as: "pull-request"; readonly number: number; readonly isOpen: boolean })
  | (OfLine & { readonly as: "feature"; readonly branchExists: boolean })
  /** Any name of a default-branch image that is no moving one */
  | (OfLine & { readonly as: "default-branch" })
  | {
      readonly as: "cache";
      readonly name: string;
      readonly pullRequest?: number;
      /** Whose it is while that lives, a clause */
      readonly inUse?: string;
    }
  /** One of these three, on an image that says it is of another repository: `owner/name`, of another server behind its host */
  | { readonly as: "elsewhere"; readonly name: string; readonly tagClass: TagClass; readonly repository: string }
  /** `subject` is the digest this fallback index, signature, attestation or SBOM belongs to */
  | { readonly as: "referrer"; readonly name: string; readonly subject: string }
  | { readonly as: "contradiction"; readonly name: string; readonly problem: string }
  | { readonly as: "other"; readonly name: string; readonly tagClass: TagClass; readonly what: string };

interface OfLine {
  readonly name: string;
  /** What the newest is looked for in: a pull request, the branch the image says it is of, else its slug; a line for each variant */
  readonly line: string;
  /** Whether its commit is the head of that pull request or branch now */
  readonly isHead: boolean;
}

/** What tags are read against. */
export interface ReadingContext {
  readonly facts: PruneFacts;
  readonly rules: PruneRules;
  readonly branches: Branches;
  /** With their dashes */
  readonly suffixes: readonly string[];
}

/**
 * The tags of one version. `said` is undefined where its manifest is not known, `unread` where only its labels are not: then nobody
 * knows whose it is, and names are believed only where the rules say so.
 */
export function readTags(
  names: readonly string[],
  said: ImageFacts | "unread" | undefined,
  context: ReadingContext,
): readonly TagReading[] {
  const image = said === "unread" ? undefined : said;
  const isUnread = said === "unread" && !context.rules.trustTagNames;
  const parsed = names.map((name) => ({ name, tag: readTag(name, image, context) }));
  const own = parsed.find(({ tag }) => tag.class === "default-branch")?.tag;
  const isUnnamed = image === undefined || image.kind === "unknown";
  const isDefaultBranch = image?.kind === "default-branch" || (isUnnamed && own !== undefined);
  const elsewhere = findOtherRepository(image?.source, context.facts);
  return parsed.map(({ name, tag }): TagReading => {
    const subject = subjectOfTag(name);
    if (subject !== undefined) return { as: "referrer", name, subject };
    if (elsewhere !== undefined && perRepository.includes(tag.class)) {
      return { as: "elsewhere", name, tagClass: tag.class, repository: elsewhere };
    }
    if (isUnread && perRepository.includes(tag.class)) {
      return { as: "other", name, tagClass: tag.class, what: "is on an image whose labels could not be read" };
    }
    switch (tag.class) {
      case "pull-request":
        return readPullRequest(name, tag, image, context);
      case "feature":
        return readFeature(name, tag, image, context);
      case "cache":
        return readCache(name, tag, context);
      case "default-branch":
      case "commit":
      case "date":
      case "date-time": {
        if (!isDefaultBranch) return { as: "other", name, tagClass: tag.class, what: describe(tag) };
        const revision = tag.class === "default-branch" ? tag.sha7 : commitOf(tag, own, image);
        const head = context.facts.branches.get(context.facts.defaultBranch);
        const isHead = revision !== undefined && head?.startsWith(revision) === true;
        return { as: "default-branch", name, line: `default branch${tag.suffix}`, isHead };
      }
      default:
        return { as: "other", name, tagClass: tag.class, what: describe(tag) };
    }
  });
}

/** Names that two repositories may both give, each for its own pull requests and branches. */
const perRepository: readonly TagClass[] = ["pull-request", "feature", "default-branch", "commit", "date", "date-time"];

/** The repository that a source names, where it is not this one; what cannot be read as it is. */
function findOtherRepository(
  source: string | undefined,
  { serverUrl, repositoryNames }: PruneFacts,
): string | undefined {
  if (source === undefined) return undefined;
  // `https://host/owner/name`, `git@host:owner/name`, with `.git`, slashes or more behind them. Ports differ by protocol.
  const [, host, owner, name] =
    /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:@]+)(?::\d+)?[/:]([^/]+)\/([^/?#]+)/i.exec(source.trim()) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return source.slice(0, 100);
  const found = `${owner}/${name.replace(/\.git$/i, "")}`;
  if (host.toLowerCase() !== URL.parse(serverUrl)?.hostname) return `${host}/${found}`.slice(0, 100);
  const isOwn = repositoryNames.some((own) => own.toLowerCase() === found.toLowerCase());
  return isOwn ? undefined : found.slice(0, 100);
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
  { number, sha7, suffix }: Extract<Tag, { class: "pull-request" }>,
  image: ImageFacts | undefined,
  { facts }: ReadingContext,
): TagReading {
  const problem = findContradiction(number, sha7, image);
  if (problem !== undefined) {
    return { as: "contradiction", name, problem: `${name} is on an image that says it is ${problem}` };
  }
  const head = facts.openPullRequests.get(number);
  const isHead = head?.startsWith(sha7) === true;
  return { as: "pull-request", name, number, line: `pr ${number}${suffix}`, isOpen: head !== undefined, isHead };
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
  const readLine = (branch: string | undefined): TagReading => ({
    as: "feature",
    name,
    line: `${branch === undefined ? `slug ${slug}` : `branch ${branch}`} ${suffix}`,
    branchExists: branches.exists(slug, suffix, branch),
    isHead: branches.isHead(slug, suffix, branch, sha7),
  });
  if (image === undefined || image.kind === "unknown") {
    if (!rules.trustTagNames) return other("looks like a feature branch's, but the image does not say that it is one");
    return readLine(undefined);
  }
  if (image.kind !== "feature") return other(`is on an image of another kind: ${image.kind}`);
  if (image.revision !== undefined && !image.revision.startsWith(sha7))
    return other("is on an image of another commit");
  const { branch } = image;
  if (branch !== undefined && featureSlug(branch, facts.defaultBranch, suffix) !== slug) {
    return other(`is on an image of another branch: ${branch}`);
  }
  return readLine(branch);
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

function commitOf(tag: Tag, own: Tag | undefined, image: ImageFacts | undefined): string | undefined {
  if (tag.class === "commit") return tag.sha.slice(0, 7);
  return own?.class === "default-branch" ? own.sha7 : image?.revision?.slice(0, 7);
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
