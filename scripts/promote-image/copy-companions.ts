import { InputError } from "@longshore/language";
import { type ReferrerEntry, readReferrers, refersTo } from "@longshore/publishing";
import { formatReferrersTag, formatSignatureTags } from "@longshore/tagging";
import { mapParallel } from "../lib/http/parallel.ts";
import type { Manifest } from "../lib/registry/manifest.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { type ImagePart, type PartsWalk, uniqueParts } from "./image-parts.ts";

export interface CopyOptions {
  /** The source's tags where they are known: then no tag is asked for that is not there. */
  readonly sourceTags?: ReadonlySet<string> | undefined;
}

/** What belongs to an image without being named by it: found by tags made of its digest, or by the registry's list of referrers. */
export interface Companions {
  /** All their manifests, children first. */
  readonly parts: readonly ImagePart[];
  /** Cosign's tags, `sha256-….sig`, `.att` and `.sbom`. */
  readonly tags: readonly { readonly name: string; readonly manifest: Manifest }[];
  readonly referrers: readonly {
    readonly subject: string;
    /** What the subject names itself. */
    readonly parts: readonly string[];
    readonly entries: readonly ReferrerEntry[];
    /** The source's list under the fallback tag. */
    readonly list?: Manifest;
  }[];
  readonly notes: readonly string[];
}

/** A signature of an SBOM of an image is two steps away; nobody goes further. */
const DEEPEST = 3;

const PARALLEL = 4;

const INDEX = "application/vnd.oci.image.index.v1+json";

/** Finds what belongs to these manifests, and in turn what belongs to that. Throws RegistryError. */
export async function findCompanions(
  source: Registry,
  walk: PartsWalk,
  subjects: readonly ImagePart[],
  options: CopyOptions,
  depth = 0,
): Promise<Companions> {
  const found = await mapParallel(subjects, PARALLEL, (subject) => findOf(source, walk, subject, options));
  const direct = mergeCompanions(found);
  const known = new Set(subjects.map(({ manifest }) => manifest.digest));
  const next = direct.parts.filter(({ manifest }) => !known.has(manifest.digest));
  if (next.length === 0 || depth === DEEPEST) return direct;
  return mergeCompanions([direct, await findCompanions(source, walk, next, options, depth + 1)]);
}

function mergeCompanions(all: readonly Companions[]): Companions {
  return {
    parts: uniqueParts(all.flatMap(({ parts }) => parts)),
    tags: all.flatMap(({ tags }) => tags),
    referrers: all.flatMap(({ referrers }) => referrers),
    notes: all.flatMap(({ notes }) => notes),
  };
}

async function findOf(
  source: Registry,
  walk: PartsWalk,
  subject: ImagePart,
  { sourceTags }: CopyOptions,
): Promise<Companions> {
  const { digest } = subject.manifest;
  const getTag = async (name: string) =>
    sourceTags === undefined || sourceTags.has(name) ? source.getManifest(name) : undefined;
  const names = formatSignatureTags(digest);
  const [list, told, ...signed] = await Promise.all([
    getTag(formatReferrersTag(digest)),
    source.getReferrers(digest),
    ...names.map(getTag),
  ]);
  // Under cosign's names too some registries answer with the image itself, which is no signature of it.
  const tags = signed.flatMap((manifest, position) => {
    const name = names[position];
    return manifest === undefined || name === undefined || isOf(subject, manifest.digest) ? [] : [{ name, manifest }];
  });
  const listed = readReferrers(list, digest, partsOf(subject));
  const entries = uniqueEntries([...listed, ...readReferrers(told && { parsed: told }, digest, partsOf(subject))]);
  const notes: string[] = [];
  const read = async (one: string): Promise<readonly ImagePart[]> => {
    try {
      return await walk.read(one);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(`What belongs to ${digest} is not all copied: ${error.message}`);
      return [];
    }
  };
  const digests = [...new Set([...tags.map(({ manifest }) => manifest.digest), ...entries.map((one) => one.digest)])];
  const found = await mapParallel(digests, PARALLEL, async (one) => ({ one, parts: await read(one) }));
  // A list is only somebody's word for it: what does not name its subject itself is somebody else's image.
  const foreign = entries.filter(({ digest: one }) => {
    const head = found.find((it) => it.one === one)?.parts.find(({ manifest }) => manifest.digest === one);
    return head !== undefined && !refersTo(head.manifest.parsed, digest);
  });
  for (const { digest: one } of foreign) {
    notes.push(`The list of what belongs to ${digest} names ${one}, which does not say so itself: it is not copied.`);
  }
  const signedBy = new Set(tags.map(({ manifest }) => manifest.digest));
  const isForeign = (one: string) => !signedBy.has(one) && foreign.some((entry) => entry.digest === one);
  const parts = found.flatMap((it) => (isForeign(it.one) ? [] : it.parts));
  const isRead = (one: string) => parts.some(({ manifest }) => manifest.digest === one);
  const readable = entries.filter((entry) => isRead(entry.digest) && !foreign.includes(entry));
  const wholeList = list !== undefined && listed.length > 0 && readable.length === listed.length ? { list } : {};
  return {
    ...{ parts, notes, tags: tags.filter(({ manifest }) => isRead(manifest.digest)) },
    referrers:
      readable.length === 0 ? [] : [{ subject: digest, parts: partsOf(subject), entries: readable, ...wholeList }],
  };
}

function partsOf({ content }: ImagePart): readonly string[] {
  return content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
}

function isOf(subject: ImagePart, digest: string): boolean {
  return digest === subject.manifest.digest || partsOf(subject).includes(digest);
}

/** Lets the companions be found in the target, after their manifests are there. Gives notes, one sentence each. */
export async function putCompanions(target: Registry, { tags, referrers }: Companions): Promise<readonly string[]> {
  const kept = await mapParallel(tags, PARALLEL, ({ name, manifest }) => putSignatureTag(target, name, manifest));
  const listed = await mapParallel(referrers, PARALLEL, (one) => putReferrers(target, one));
  return [...kept, ...listed].flat();
}

/** Signatures are collected in the layers of one manifest: the larger collection stays, and no collection is cut. */
async function putSignatureTag(target: Registry, name: string, manifest: Manifest): Promise<readonly string[]> {
  const there = await target.getManifest(name);
  if (there?.digest === manifest.digest) return [];
  if (there === undefined || holdsAll(manifest, there)) {
    await target.putManifest(name, manifest.bytes, manifest.mediaType);
    return [];
  }
  if (holdsAll(there, manifest)) return [];
  return [
    `${target.image}:${name} has signatures of its own and keeps them; those of the source lie beside it as ${manifest.digest}.`,
  ];
}

function holdsAll(one: Manifest, other: Manifest): boolean {
  const held = new Set(layersOf(one));
  return layersOf(other).every((digest) => held.has(digest));
}

function layersOf({ parsed }: Manifest): readonly string[] {
  return readReferrers({ parsed: { manifests: parsed.layers } }, "", []).map(({ digest }) => digest);
}

/**
 * A registry that lists referrers finds them by their subject; for others the list is kept under the fallback tag. Gives a note where it
 * cannot be found there afterwards.
 */
async function putReferrers(
  target: Registry,
  { subject, parts, entries, list }: Companions["referrers"][number],
): Promise<readonly string[]> {
  const told = await target.getReferrers(subject);
  const known = readReferrers(told && { parsed: told }, subject, parts);
  if (entries.every((entry) => known.some(({ digest }) => digest === entry.digest))) return [];
  const tag = formatReferrersTag(subject);
  const there = await target.getManifest(tag);
  const before = readReferrers(there, subject, parts);
  const after = uniqueEntries([...before, ...entries]);
  if (before.length > 0 && after.length === before.length) return [];
  const isSame =
    list !== undefined && before.length === 0 && readReferrers(list, subject, parts).length === after.length;
  const content = { schemaVersion: 2, mediaType: INDEX, manifests: after };
  const bytes = isSame ? list.bytes : new TextEncoder().encode(JSON.stringify(content));
  const digest = await target.putManifest(tag, bytes, isSame ? list.mediaType : INDEX);
  // Where the name meant the image before, it may still do.
  if (there === undefined || before.length > 0 || (await target.getManifest(tag))?.digest === digest) return [];
  return [
    `${target.image} does not keep the list of what belongs to ${subject} under ${tag}: it is copied, and cannot be found there.`,
  ];
}

function uniqueEntries(entries: readonly ReferrerEntry[]): readonly ReferrerEntry[] {
  return [...new Map(entries.map((entry) => [entry.digest, entry])).values()];
}
