import { InputError, isRecord } from "@longshore/language";
import { type ImageFacts, readImageFacts } from "@longshore/tagging";

/** What one manifest says, or the config of an image whose labels are asked for, as far as cleanup needs it. Plain JSON; true for ever, since content never changes under a digest. */
export interface ManifestFacts {
  readonly digest: string;
  readonly kind: "index" | "manifest" | "config";
  /** Digests below an index, of any media type */
  readonly children: readonly string[];
  /** Those children that may have children of their own and must be read, too */
  readonly nested: readonly string[];
  /** Those children that may name a subject of their own, with the digest the index says they are about */
  readonly artifacts: readonly { readonly digest: string; readonly about?: string }[];
  /** The digest this manifest refers to: what a signature or an SBOM is about */
  readonly subject?: string;
  /** What its annotations say; of a config its labels */
  readonly image: ImageFacts;
  /** Where to read on for what it says of itself: Docker's media types have no annotations, but a config with labels below them */
  readonly labelsIn?: string;
  /** Config and layers with their compressed sizes in bytes */
  readonly blobs: readonly { readonly digest: string; readonly size: number }[];
  /** Bytes of the manifest itself */
  readonly size: number;
}

/** A manifest that could not be read: why, in a clause. `missing`: the registry says that it has none (404). */
export interface UnreadManifest {
  readonly digest: string;
  readonly unreadable: string;
  readonly missing?: boolean;
}

export type ManifestEntry = ManifestFacts | UnreadManifest;

/** What is known of a package's manifests, by digest. It may hold more than the package does. */
export type ImageGraph = ReadonlyMap<string, ManifestEntry>;

/** What a manifest says, or undefined where it was not or could not be read. */
export function factsOf(entry: ManifestEntry | undefined): ManifestFacts | undefined {
  return entry === undefined || "unreadable" in entry ? undefined : entry;
}

/** What is said of the image at a digest, by annotations or labels. `unread`: it has labels that are not known. */
export function findImageFacts(digest: string, graph: ImageGraph): ImageFacts | "unread" | undefined {
  let facts = factsOf(graph.get(digest));
  if (facts === undefined) return undefined;
  while (facts?.labelsIn !== undefined) facts = factsOf(graph.get(facts.labelsIn));
  return facts === undefined || (facts.kind !== "config" && facts.digest !== digest && saysNothing(facts.image))
    ? "unread"
    : facts.image;
}

function saysNothing({ kind, source }: ImageFacts): boolean {
  return kind === "unknown" && source === undefined;
}

const dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
/** Media types of what lies below an index and has nothing below itself. */
const leafTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  dockerManifest,
  "application/vnd.docker.distribution.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v1+prettyjws",
];
/** BuildKit's cache without `image-manifest=true` is an index whose entries are blobs. */
const blobType =
  /^application\/vnd\.(?:oci\.image\.(?:layer|config)|docker\.(?:image\.rootfs|container\.image)|buildkit\.cacheconfig)\./;

/**
 * Reads an index or a manifest, OCI's or Docker's, or the config of an image, which alone has no version of a schema; anything
 * else that is a JSON object is a manifest without parts.
 * Source: https://github.com/opencontainers/image-spec (image-index.md, manifest.md, descriptor.md)
 * @param digest where it was found @param text its bytes
 * @throws InputError where it cannot be known what it reaches; the message is a sentence
 */
export function parseManifestFacts(digest: string, text: string): ManifestFacts {
  const value = parseObject(digest, text);
  const size = new TextEncoder().encode(text).length;
  if (isRecord(value.rootfs) && value.schemaVersion === undefined) {
    const labels = isRecord(value.config) ? value.config.Labels : undefined;
    return {
      ...{ digest, kind: "config", children: [], nested: [], artifacts: [], blobs: [], size },
      image: readImageFacts(isRecord(labels) ? (labels as Record<string, string>) : {}),
    };
  }
  const isIndex = Array.isArray(value.manifests);
  const below = isIndex ? readDescriptors(digest, value.manifests) : [];
  const children = below.filter(({ mediaType }) => !blobType.test(mediaType));
  const config = isIndex || value.config === undefined ? [] : readDescriptors(digest, [value.config]);
  // An index has none of these; `blobs` is what the short-lived OCI artifact manifest called its layers.
  const layers = isIndex ? [] : readDescriptors(digest, value.layers ?? value.blobs ?? []);
  const subject = isRecord(value.subject) ? readDescriptors(digest, [value.subject])[0]?.digest : undefined;
  const image = readImageFacts(isRecord(value.annotations) ? (value.annotations as Record<string, string>) : {});
  const labelsIn =
    value.mediaType === (isIndex ? dockerList : dockerManifest) && (isIndex ? children : config)[0]?.digest;
  return {
    digest,
    kind: isIndex ? "index" : "manifest",
    children: [...new Set(children.map((child) => child.digest))],
    nested: children.filter(({ mediaType }) => !leafTypes.includes(mediaType)).map((child) => child.digest),
    artifacts: children.flatMap((child) => readArtifact(child)),
    ...(subject === undefined ? {} : { subject }),
    image,
    ...(labelsIn && saysNothing(image) ? { labelsIn } : {}),
    blobs: [...config, ...layers, ...below.filter(({ mediaType }) => blobType.test(mediaType))].map((blob) => ({
      digest: blob.digest,
      size: blob.size,
    })),
    size,
  };
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly isArtifact: boolean;
  readonly about: string | undefined;
}

/** BuildKit's: https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function readArtifact({ digest, isArtifact, about }: Descriptor): ManifestFacts["artifacts"] {
  if (!isArtifact && about === undefined) return [];
  return [about === undefined ? { digest } : { digest, about }];
}

function readDescriptors(where: string, values: unknown): readonly Descriptor[] {
  if (!Array.isArray(values)) throw new InputError(`Manifest ${where} has a list of parts that is none.`);
  return values.map((value: unknown) => {
    const { mediaType, digest, size, artifactType, annotations } = isRecord(value) ? value : {};
    if (typeof digest !== "string" || !/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[A-Za-z0-9=_-]+$/.test(digest)) {
      throw new InputError(`Manifest ${where} names a part without a digest.`);
    }
    const about = isRecord(annotations) ? annotations["vnd.docker.reference.digest"] : undefined;
    return {
      mediaType: typeof mediaType === "string" ? mediaType : "",
      digest,
      size: typeof size === "number" && size > 0 ? size : 0,
      isArtifact: typeof artifactType === "string",
      about: typeof about === "string" ? about : undefined,
    };
  });
}

function parseObject(digest: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Manifest ${digest} is not JSON.`, { cause });
  }
  if (!isRecord(value)) throw new InputError(`Manifest ${digest} is not a JSON object.`);
  return value;
}
