import { factsOf, type ImageGraph } from "./manifest-facts.ts";
import { compareNewest, type PackageVersion } from "./package-version.ts";
import { subjectOfTag } from "./subject-of-tag.ts";

/** So many untagged versions are asked for at once. */
const lanes = 50;
/** Fewer lanes where there is little to read: at the seam of two lanes a read may turn out to be needless. */
const perLane = 16;

/**
 * The digests to read, in waves: `for (const wave of manifestsToRead(versions, graph)) …`. The caller adds an entry to that
 * very graph for each digest of a wave before it asks for the next. What the graph has already is not asked for, so a graph
 * from an earlier run saves its reads. First every tagged version and the indexes below them, then what no index names.
 */
export function* manifestsToRead(
  versions: readonly PackageVersion[],
  graph: ImageGraph,
): Generator<readonly string[], void, void> {
  const listed = new Set(versions.map((version) => version.digest));
  const asked = new Set<string>();
  const named = new Set<string>();
  let nested: string[] = [];

  const isUnread = (digest: string): boolean => listed.has(digest) && !graph.has(digest) && !asked.has(digest);
  const learn = (digests: Iterable<string>): void => {
    for (const digest of digests) {
      const facts = factsOf(graph.get(digest));
      for (const child of facts?.children ?? []) named.add(child);
      for (const child of facts?.nested ?? []) if (isUnread(child)) nested.push(child);
    }
  };
  const ask = (digests: readonly string[]): readonly string[] => {
    const wave = [...new Set(digests)].filter(isUnread);
    for (const digest of wave) asked.add(digest);
    nested = [];
    return wave;
  };

  learn(listed);
  let wave = ask([...nested, ...versions.filter(({ tags }) => tags.length > 0).map(({ digest }) => digest)]);
  while (wave.length > 0) {
    yield wave;
    learn(wave);
    wave = ask(nested);
  }

  // An index is pushed after its parts: read newest first, most parts are named before their turn comes. Lanes do that
  // at several places of the package's history at once.
  const untagged = versions.filter(({ digest }) => isUnread(digest) && !named.has(digest)).sort(compareNewest);
  const queues = splitAtPauses(untagged).map((queue) => ({ queue, next: 0 }));
  const isNeeded = (digest: string): boolean => !named.has(digest) && isUnread(digest);
  const takeNext = (lane: { readonly queue: readonly PackageVersion[]; next: number }): readonly string[] => {
    while (lane.next < lane.queue.length) {
      const digest = lane.queue[lane.next++]?.digest ?? "";
      if (isNeeded(digest)) return [digest];
    }
    return [];
  };
  while (true) {
    wave = ask([...nested, ...queues.flatMap(takeNext)]);
    if (wave.length === 0) return;
    yield wave;
    learn(wave);
  }
}

/** What to read for the labels of images that say nothing else of themselves: a platform's manifest, or a config, which is a blob. */
export interface LabelWave {
  readonly manifests: readonly string[];
  readonly configs: readonly string[];
}

/**
 * Where the labels are of images with a tag that ends in a commit, in waves as above; what they say decides on no other. To be
 * asked for when `manifestsToRead` has ended.
 */
export function* labelsToRead(
  versions: readonly PackageVersion[],
  graph: ImageGraph,
): Generator<LabelWave, void, void> {
  const images = versions.filter(({ tags }) => tags.some((tag) => /-[0-9a-f]{7}(?:-|$)/.test(tag)));
  while (true) {
    const manifests = new Set<string>();
    const configs = new Set<string>();
    for (const { digest } of images) {
      let facts = factsOf(graph.get(digest));
      while (facts?.labelsIn !== undefined && graph.has(facts.labelsIn)) facts = factsOf(graph.get(facts.labelsIn));
      if (facts?.labelsIn !== undefined) (facts.kind === "index" ? manifests : configs).add(facts.labelsIn);
    }
    if (manifests.size + configs.size === 0) return;
    yield { manifests: [...manifests], configs: [...configs] };
  }
}

/** Digests that something in the package says it is about and that the package lacks: another package's, or deleted. */
export function findLostSubjects(versions: readonly PackageVersion[], graph: ImageGraph): readonly string[] {
  const listed = new Set(versions.map(({ digest }) => digest));
  const subjects = versions.flatMap(({ digest, tags }) => {
    const subject = factsOf(graph.get(digest))?.subject;
    return [...(subject === undefined ? [] : [subject]), ...tags.flatMap((tag) => subjectOfTag(tag) ?? [])];
  });
  return [...new Set(subjects)].filter((subject) => !listed.has(subject));
}

/** Equal shares, each cut moved to the longest pause near it: an image and its parts are pushed in one go. */
function splitAtPauses(versions: readonly PackageVersion[]): readonly (readonly PackageVersion[])[] {
  const count = Math.min(lanes, Math.ceil(versions.length / perLane));
  const share = versions.length / Math.max(1, count);
  const cuts = Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
    const middle = Math.round((index + 1) * share);
    const first = Math.max(1, Math.ceil(middle - share / 3));
    let cut = first;
    for (let at = first; at < middle + share / 3 && at < versions.length; at += 1) {
      if (pauseBefore(versions, at) > pauseBefore(versions, cut)) cut = at;
    }
    return cut;
  });
  return [0, ...cuts].map((start, index) => versions.slice(start, cuts[index] ?? versions.length));
}

function pauseBefore(versions: readonly PackageVersion[], at: number): number {
  return (versions[at - 1]?.createdAt ?? 0) - (versions[at]?.createdAt ?? 0);
}
