import { InputError } from "@longshore/language";
import { readBranches, withDash } from "./branches.ts";
import { factsOf, findImageFacts, type ImageGraph, type ManifestEntry, type ManifestFacts } from "./manifest-facts.ts";
import { compareNewest, lastNamed, type PackageVersion } from "./package-version.ts";
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
  /** Milliseconds since it was made or last named, the later; negative where the clocks differ */
  readonly age: number;
  /** Whether an index of this package holds it */
  readonly isPart: boolean;
  /** Whether a build that has not named it yet may need it, were it young enough */
  readonly mayAwaitName: boolean;
  /** Digests that it says it is about and that are not in the package */
  readonly lostSubjects: readonly string[];
}

/** A whole package as the rules see it. */
export interface PackageView {
  /** Newest first */
  readonly versions: readonly ViewedVersion[];
  readonly facts: PruneFacts;
  readonly rules: PruneRules;
  /** Tags of the newest image of each line, and of the default branch's as many as the rules keep */
  readonly newest: ReadonlySet<string>;
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
  return { versions, facts, rules, newest: findNewest(versions, rules) };
}

/**
 * By when it was made, and by when it was last named: a slow build may push an old commit late, and a tag may come to an
 * old digest. Where the two differ, both stay.
 */
function findNewest(versions: readonly ViewedVersion[], rules: PruneRules): ReadonlySet<string> {
  const byName = [...versions].sort(
    (left, right) => lastNamed(right.version) - lastNamed(left.version) || right.version.id - left.version.id,
  );
  const newest = new Set<string>();
  for (const order of [versions, byName]) {
    const counts = new Map<string, number>();
    for (const { tags } of order) {
      const lines = new Map(tags.flatMap((tag) => ("line" in tag ? [[tag.line, tag.as] as const] : [])));
      for (const [line, as] of lines) {
        const count = counts.get(line) ?? 0;
        if (count >= (as === "default-branch" ? (rules.keepDefaultBranch ?? 0) : 1)) continue;
        counts.set(line, count + 1);
        for (const tag of tags) if ("line" in tag && tag.line === line) newest.add(tag.name);
      }
    }
  }
  return newest;
}

/** Digests that an index of this package names, with the time of the newest that does, and which may have parts themselves. */
function findNamed(listing: readonly PackageVersion[], graph: ImageGraph) {
  const listed = new Set(listing.map(({ digest }) => digest));
  const since = new Map<string, number>();
  const nested = new Set<string>();
  for (const { digest, createdAt } of listing) {
    const manifest = factsOf(graph.get(digest));
    for (const child of manifest?.children ?? []) since.set(child, Math.max(createdAt, since.get(child) ?? createdAt));
    for (const child of manifest?.nested ?? []) nested.add(child);
  }
  return { listed, since, nested };
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
  const namedSince = named.since.get(digest);
  const isPart = namedSince !== undefined;
  const isLeaf = tags.length === 0 && isPart && !named.nested.has(digest);
  const readings = tags.length === 0 ? none : readTags(tags, findImageFacts(digest, graph), context);
  const subjects = subjectsOf(manifest, readings);
  const lostSubjects = subjects.filter((subject) => !named.listed.has(subject));
  // A part that was pushed again since its index may be one of an index that is still to come.
  const awaitsName = isPart ? lastNamed(version) > namedSince : lostSubjects.length === subjects.length;
  return {
    ...{ at, version, manifest, isPart, lostSubjects },
    tags: readings,
    mayAwaitName: tags.length === 0 && awaitsName,
    opaque: manifest !== undefined || isLeaf ? undefined : whyUnread(entry),
    isMissing: isMissing(entry),
    age: context.facts.now - lastNamed(version),
  };
}

/** What a version says it is about: by its content, and by the tags of a fallback index or of cosign. */
export function subjectsOf(manifest: ManifestFacts | undefined, tags: readonly TagReading[]): readonly string[] {
  const named = tags.flatMap((tag) => (tag.as === "referrer" ? [tag.subject] : []));
  return manifest?.subject === undefined ? named : [manifest.subject, ...named];
}

function whyUnread(entry: ManifestEntry | undefined): string {
  return entry !== undefined && "unreadable" in entry ? entry.unreadable : "it was not read";
}

function isMissing(entry: ManifestEntry | undefined): boolean {
  return entry !== undefined && "unreadable" in entry && entry.missing === true;
}
