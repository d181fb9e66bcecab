import { isDigest } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import { type ImagePart, readParts, uniqueParts } from "./image-parts.ts";
import { mapParallel } from "./parallel.ts";
import type { Manifest, Registry } from "./registry.ts";

export interface CopyOptions {
  /** The source's tags where they are known: then no tag is asked for that is not there. */
  readonly sourceTags?: ReadonlySet<string> | undefined;
}

/** A descriptor as it stands in a list of referrers, artifact type and annotations included. */
type ReferrerEntry = Readonly<Record<string, unknown>> & { readonly digest: string };

/** What belongs to an image without being named by it: found by tags made of its digest, or by the registry's list of referrers. */
export interface Companions {
  /** All their manifests, children first. */
  readonly parts: readonly ImagePart[];
  /** Cosign's tags, `sha256-….sig`, `.att` and `.sbom`. */
  readonly tags: readonly { readonly name: string; readonly manifest: Manifest }[];
  readonly referrers: readonly {
    readonly subject: string;
    readonly entries: readonly ReferrerEntry[];
    /** The source's list under the fallback tag. */
    readonly list?: Manifest;
  }[];
  readonly notes: readonly string[];
}

/** Where cosign keeps what it has signed (https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md). */
const COSIGN_ENDINGS = [".sig", ".att", ".sbom"];

/** A signature of an SBOM of an image is two steps away; nobody goes further. */
const DEEPEST = 3;

const PARALLEL = 4;

const INDEX = "application/vnd.oci.image.index.v1+json";

/** `sha256-…`: the tag of the list of referrers where the registry keeps none (distribution-spec, referrers tag schema). */
function fallbackTag(digest: string): string {
  return digest.replace(":", "-");
}

/** Finds what belongs to these manifests, and in turn what belongs to that. Throws RegistryError. */
export async function findCompanions(
  source: Registry,
  subjects: readonly ImagePart[],
  options: CopyOptions,
  depth = 0,
): Promise<Companions> {
  const found = await mapParallel(subjects, PARALLEL, ({ manifest }) => findOf(source, manifest.digest, options));
  const direct = mergeCompanions(found);
  const known = new Set(subjects.map(({ manifest }) => manifest.digest));
  const next = direct.parts.filter(({ manifest }) => !known.has(manifest.digest));
  if (next.length === 0 || depth === DEEPEST) return direct;
  return mergeCompanions([direct, await findCompanions(source, next, options, depth + 1)]);
}

function mergeCompanions(all: readonly Companions[]): Companions {
  return {
    parts: uniqueParts(all.flatMap(({ parts }) => parts)),
    tags: all.flatMap(({ tags }) => tags),
    referrers: all.flatMap(({ referrers }) => referrers),
    notes: all.flatMap(({ notes }) => notes),
  };
}

async function findOf(source: Registry, digest: string, { sourceTags }: CopyOptions): Promise<Companions> {
  const getTag = async (name: string) =>
    sourceTags === undefined || sourceTags.has(name) ? source.getManifest(name) : undefined;
  const base = fallbackTag(digest);
  const [list, told, ...signed] = await Promise.all([
    getTag(base),
    source.getReferrers(digest),
    ...COSIGN_ENDINGS.map((ending) => getTag(`${base}${ending}`)),
  ]);
  const tags = signed.flatMap((manifest, position) =>
    manifest === undefined ? [] : [{ name: `${base}${COSIGN_ENDINGS[position]}`, manifest }],
  );
  const entries = uniqueEntries([...readEntries(list?.parsed), ...readEntries(told)]);
  const notes: string[] = [];
  const read = async (one: string): Promise<readonly ImagePart[]> => {
    try {
      return await readParts(source, one);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(`What belongs to ${digest} is not all copied: ${error.message}`);
      return [];
    }
  };
  const digests = [...tags.map(({ manifest }) => manifest.digest), ...entries.map((entry) => entry.digest)];
  const parts = (await mapParallel([...new Set(digests)], PARALLEL, read)).flat();
  const isRead = (one: string) => parts.some(({ manifest }) => manifest.digest === one);
  const readable = entries.filter((entry) => isRead(entry.digest));
  const wholeList = list !== undefined && readable.length === readEntries(list.parsed).length ? { list } : {};
  return {
    ...{ parts, notes, tags: tags.filter(({ manifest }) => isRead(manifest.digest)) },
    referrers: readable.length === 0 ? [] : [{ subject: digest, entries: readable, ...wholeList }],
  };
}

/** Lets the companions be found in the target, after their manifests are there. Gives notes, one sentence each. */
export async function putCompanions(target: Registry, { tags, referrers }: Companions): Promise<readonly string[]> {
  const kept = await mapParallel(tags, PARALLEL, ({ name, manifest }) => putSignatureTag(target, name, manifest));
  await mapParallel(referrers, PARALLEL, (one) => putReferrers(target, one));
  return kept.flat();
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
  const layers = ({ parsed }: Manifest) => readEntries({ manifests: parsed.layers });
  const held = new Set(layers(one).map(({ digest }) => digest));
  return layers(other).every(({ digest }) => held.has(digest));
}

/** A registry that lists referrers finds them by their subject; for others the list is kept under the fallback tag. */
async function putReferrers(
  target: Registry,
  { subject, entries, list }: Companions["referrers"][number],
): Promise<void> {
  const told = readEntries(await target.getReferrers(subject));
  if (entries.every((entry) => told.some(({ digest }) => digest === entry.digest))) return;
  const tag = fallbackTag(subject);
  const there = await target.getManifest(tag);
  const before = readEntries(there?.parsed);
  const after = uniqueEntries([...before, ...entries]);
  if (there !== undefined && after.length === before.length) return;
  if (list !== undefined && before.length === 0 && readEntries(list.parsed).length === after.length) {
    await target.putManifest(tag, list.bytes, list.mediaType);
    return;
  }
  const content = { schemaVersion: 2, mediaType: INDEX, manifests: after };
  await target.putManifest(tag, new TextEncoder().encode(JSON.stringify(content)), INDEX);
}

function readEntries(list: Readonly<Record<string, unknown>> | undefined): readonly ReferrerEntry[] {
  const manifests: readonly unknown[] = Array.isArray(list?.manifests) ? list.manifests : [];
  return manifests.filter(
    (item): item is ReferrerEntry =>
      typeof item === "object" && item !== null && "digest" in item && isDigest(String(item.digest)),
  );
}

function uniqueEntries(entries: readonly ReferrerEntry[]): readonly ReferrerEntry[] {
  return [...new Map(entries.map((entry) => [entry.digest, entry])).values()];
}
