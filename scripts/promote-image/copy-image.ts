import { isAttestation, type OciIndex, type OciManifest } from "@longshore/publishing";
import { mapParallel } from "../lib/http/parallel.ts";
import type { BlobFacts } from "../lib/registry/blobs.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { type Companions, type CopyOptions, findCompanions, putCompanions } from "./copy-companions.ts";
import { type ImagePart, uniqueParts, walkParts } from "./image-parts.ts";

/** What a copy moved. */
export interface CopyReport {
  readonly source: string;
  readonly target: string;
  readonly digest: string;
  /** Manifests that were put; those that were there are not counted. */
  readonly manifests: number;
  readonly blobs: { readonly present: number; readonly mounted: number; readonly copied: number };
  /** Of the blobs that were sent. */
  readonly bytes: number;
  /** Signature tags and digests of referrers that the target now has. */
  readonly companions: readonly string[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** Blobs under way at once. */
const PARALLEL_BLOBS = 4;

/**
 * Copies an image byte for byte, with its signatures, attestations and referrers, children before what names them, and reads all
 * of it back. Nothing of the image is tagged; only signatures and lists of referrers, which are found by their tags, get those.
 * What is there is not sent again, so that an interrupted copy is finished by the next. Throws InputError and RegistryError.
 */
export async function copyImage(
  source: Registry,
  target: Registry,
  digest: string,
  options: CopyOptions = {},
): Promise<CopyReport> {
  const walk = walkParts(source);
  const parts = await walk.read(digest);
  const subjects = parts.filter((part) => !isAttestationOf(parts, part));
  const companions = await findCompanions(source, walk, subjects, options);
  const all = uniqueParts([...parts, ...companions.parts]);
  const tally = await putParts(source, target, all);
  const settled = await putCompanions(target, companions);
  await compareParts(target, all);
  return {
    ...{ source: source.image, target: target.image, digest, ...tally },
    ...{ companions: namesOf(companions), notes: [...companions.notes, ...settled] },
  };
}

/** Nobody signs the attestations that BuildKit puts into an index. */
function isAttestationOf(parts: readonly ImagePart[], { manifest }: ImagePart): boolean {
  return parts.some(
    ({ content }) =>
      content.type === "index" &&
      content.manifests.some((child) => child.digest === manifest.digest && isAttestation(child)),
  );
}

async function putParts(
  source: Registry,
  target: Registry,
  parts: readonly ImagePart[],
): Promise<Pick<CopyReport, "manifests" | "blobs" | "bytes">> {
  const heads = await mapParallel(parts, PARALLEL_BLOBS, ({ manifest }) => target.headManifest(manifest.digest));
  const missing = parts.filter((_, position) => heads[position] === undefined);
  const blobs = new Map(missing.flatMap(({ content }) => blobsOf(content)).map((blob) => [blob.digest, blob]));
  const arrivals = await mapParallel([...blobs.values()], PARALLEL_BLOBS, async (blob) => ({
    blob,
    arrival: await target.copyBlob(source, blob),
  }));
  // One after the other: a manifest is put when all that it names is there.
  for (const { manifest } of missing) await target.putManifest(manifest.digest, manifest.bytes, manifest.mediaType);
  const count = (kind: string) => arrivals.filter(({ arrival }) => arrival === kind).length;
  return {
    manifests: missing.length,
    blobs: { present: count("present"), mounted: count("mounted"), copied: count("copied") },
    bytes: arrivals.reduce((sum, { blob, arrival }) => (arrival === "copied" ? sum + blob.size : sum), 0),
  };
}

/** Layers that may not be distributed lie at their own address and stay there (image-spec, layer.md). */
function blobsOf(content: OciIndex | OciManifest): readonly BlobFacts[] {
  if (content.type === "index") return [];
  return [content.config, ...content.layers].filter(
    ({ mediaType }) => !/nondistributable|\.foreign\./u.test(mediaType),
  );
}

/** The registry client refuses bytes that are not of the digest they are asked for by: being there is being equal. */
async function compareParts(target: Registry, parts: readonly ImagePart[]): Promise<void> {
  await mapParallel(parts, PARALLEL_BLOBS, async ({ manifest }) => {
    const found = await target.getManifest(manifest.digest, { expected: true });
    if (found !== undefined && found.bytes.length === manifest.bytes.length) return;
    throw new Error(
      `${target.image} took ${manifest.digest} and does not give it back as it is, so no tag is put: run this job again.`,
    );
  });
}

function namesOf({ tags, referrers }: Companions): readonly string[] {
  return [...tags.map(({ name }) => name), ...referrers.flatMap(({ entries }) => entries.map(({ digest }) => digest))];
}
