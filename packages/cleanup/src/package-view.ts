import { InputError } from "@longshore/tagging";
import { readBranches, withDash } from "./branches.ts";
import { factsOf, type ImageGraph, type ManifestEntry, type ManifestFacts } from "./manifest-facts.ts";
import { compareNewest, type PackageVersion } from "./package-version.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";
import { type ReadingContext, readTags, type TagReading } from "./tag-reading.ts";

/** A version with what is known of it. */
export interface ViewedVersion {
  /** Its place among all versions, newest first */
  readonly at: number;
  readonly version: PackageVersion;
  readonly tags: readonly TagReading[];
  readonly manifest: ManifestFacts | undefined;
  /** Why nobody knows what it reaches, a clause; undefined where that is known, or where it reaches nothing for sure */
  readonly opaque: string | undefined;
  /** The registry has no manifest for it (404) */
  readonly isMissing: boolean;
  /** Milliseconds since it was made; negative where the clocks differ */
  readonly age: number;
}

/** A whole package as the rules see it. */
export interface PackageView {
  /** Newest first */
  readonly versions: readonly ViewedVersion[];
  readonly facts: PruneFacts;
  readonly rules: PruneRules;
  /** Newest revision of each pull request and of each feature line (`sha7`) */
  readonly newest: ReadonlyMap<number | string, string>;
  /** The default branch's newest revisions, as many as the rules keep */
  readonly newestOfDefaultBranch: ReadonlySet<string>;
  /** The newest tagged versions, as many as stay in any case */
  readonly minimum: ReadonlySet<ViewedVersion>;
  /** Whether the package holds nothing but what belongs to images of other packages, as a signature repository does */
  readonly holdsReferrersOnly: boolean;
}

export function viewPackage(
  listing: readonly PackageVersion[],
  graph: ImageGraph,
  facts: PruneFacts,
  rules: PruneRules,
): PackageView {
  const context: ReadingContext = {
    ...{ facts, rules },
    branches: readBranches(facts, rules),
    suffixes: (rules.suffixes ?? []).map(withDash),
  };
  const named = findNamed(listing, graph);
  const versions = [...listing].sort(compareNewest).map((version, at) => view(version, at, graph, named, context));
  const newest = new Map<number | string, string>();
  const newestOfDefaultBranch = new Set<string>();
  for (const { tags } of versions) {
    for (const tag of tags) {
      if (tag.as === "pull-request" && !newest.has(tag.number)) newest.set(tag.number, tag.sha7);
      if (tag.as === "feature" && !newest.has(tag.line)) newest.set(tag.line, tag.sha7);
      if (tag.as === "default-branch" && newestOfDefaultBranch.size < (rules.keepDefaultBranch ?? 0)) {
        newestOfDefaultBranch.add(tag.revision);
      }
    }
  }
  const tagged = versions.filter(({ tags }) => tags.length > 0);
  const images = tagged.filter(isImage);
  const ranked = [...images, ...tagged.filter((version) => !isImage(version))];
  return {
    ...{ versions, facts, rules, newest, newestOfDefaultBranch },
    minimum: new Set(ranked.slice(0, rules.minimumKept)),
    holdsReferrersOnly: tagged.every(({ tags }) => tags.every((tag) => tag.as === "referrer")),
  };
}

/** Caches and signatures are no images: they must not take an image's place among the minimum kept. */
function isImage({ tags }: ViewedVersion): boolean {
  return tags.some((tag) => tag.as !== "cache" && tag.as !== "referrer");
}

/** Digests that an index of this package names: of any depth, and which of them may have parts themselves. */
function findNamed(listing: readonly PackageVersion[], graph: ImageGraph) {
  const all = new Set<string>();
  const nested = new Set<string>();
  for (const { digest } of listing) {
    const manifest = factsOf(graph.get(digest));
    for (const child of manifest?.children ?? []) all.add(child);
    for (const child of manifest?.nested ?? []) nested.add(child);
  }
  return { all, nested };
}

const none: readonly TagReading[] = [];

function view(
  version: PackageVersion,
  at: number,
  graph: ImageGraph,
  named: ReturnType<typeof findNamed>,
  context: ReadingContext,
): ViewedVersion {
  const { digest, tags } = version;
  const entry = graph.get(digest);
  if (entry !== undefined && entry.digest !== digest) {
    throw new InputError(`The manifest known for ${digest} is that of ${entry.digest}; read the manifests again.`);
  }
  const manifest = factsOf(entry);
  const isLeaf = tags.length === 0 && named.all.has(digest) && !named.nested.has(digest);
  return {
    ...{ at, version, manifest },
    tags: tags.length === 0 ? none : readTags(tags, manifest?.image, context),
    opaque: manifest !== undefined || isLeaf ? undefined : whyUnread(entry),
    isMissing: isMissing(entry),
    age: context.facts.now - version.createdAt,
  };
}

function whyUnread(entry: ManifestEntry | undefined): string {
  return entry !== undefined && "unreadable" in entry ? entry.unreadable : "it was not read";
}

function isMissing(entry: ManifestEntry | undefined): boolean {
  return entry !== undefined && "unreadable" in entry && entry.missing === true;
}
