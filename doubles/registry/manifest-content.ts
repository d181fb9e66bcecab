import { digestOf } from "../blob-store.ts";
import type { StoredManifest } from "../registry-view.ts";

export const mediaTypes = {
  ociManifest: "application/vnd.oci.image.manifest.v1+json",
  ociIndex: "application/vnd.oci.image.index.v1+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
  dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
} as const;

const known: readonly string[] = Object.values(mediaTypes);

interface Descriptor {
  readonly digest?: string;
  readonly urls?: readonly string[];
}

/** A manifest as it lies in JSON; nothing is promised. */
interface ManifestContent {
  readonly mediaType?: string;
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

/** Reads pushed bytes, or says what is wrong with them. */
export function readManifest(bytes: Uint8Array, contentType: string | undefined): StoredManifest | string {
  let content: ManifestContent;
  try {
    content = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return "manifest invalid: not JSON";
  }
  if (typeof content !== "object" || content === null) return "manifest invalid: not an object";
  const named = contentType?.split(";")[0]?.trim();
  const mediaType = content.mediaType ?? named ?? "";
  if (named !== undefined && named !== mediaType) return `manifest invalid: ${named} says ${mediaType}`;
  if (!known.includes(mediaType)) return `manifest invalid: unknown media type ${mediaType}`;
  const isIndex = mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList;
  if (isIndex ? !Array.isArray(content.manifests) : content.config === undefined || !Array.isArray(content.layers)) {
    return `manifest invalid: not a ${mediaType}`;
  }
  return { digest: digestOf(bytes), mediaType, bytes, content };
}

/** What must be in the repository before the manifest may: config and layers, or the children of an index. A `subject` may be missing. */
export function needs(manifest: StoredManifest): {
  readonly blobs: readonly string[];
  readonly manifests: readonly string[];
} {
  const { config, layers = [], manifests = [] } = manifest.content as ManifestContent;
  const digests = (list: readonly (Descriptor | undefined)[]) =>
    list.flatMap((descriptor) => (descriptor?.digest === undefined ? [] : [descriptor.digest]));
  return {
    // Layers with addresses of their own (Windows' base layers) need not be pushed.
    blobs: digests([config, ...layers.filter((layer) => (layer.urls ?? []).length === 0)]),
    manifests: digests(manifests),
  };
}
