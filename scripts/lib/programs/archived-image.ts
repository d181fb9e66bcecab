import { imagesOf, type OciDescriptor, parseOciContent, readImageConfig } from "@longshore/publishing";
import { type OciArchive, withOciArchive } from "./oci-archive.ts";

/** The one image of an OCI archive, as far as its digests prove it. What it says of itself is only that. */
export interface ArchivedImage {
  readonly path: string;
  /** Of its manifest. */
  readonly digest: string;
  readonly mediaType: string;
  /** Digest of its configuration. */
  readonly config: string;
  /** Digests of its layers, in their order. */
  readonly layers: readonly string[];
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The name that the build gave it, `ghcr.io/acme/app:1.2.3`; empty where it has none. */
  readonly name: string;
}

/** index.json, an index, an index of attestations: nothing real is deeper. */
const deepest = 4;
/** Docker takes 127. */
const mostLayers = 500;
/** https://github.com/containerd/containerd/blob/main/core/images/annotations.go */
const nameKey = "io.containerd.image.name";
const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** Reads and proves index, manifest and configuration; no layer is read. Throws InputError where it is no such archive. */
export function readArchivedImage(path: string): Promise<ArchivedImage> {
  return withOciArchive(path, (archive) => readImage(path, archive));
}

async function readImage(path: string, archive: OciArchive): Promise<ArchivedImage> {
  const { refuse } = archive;
  let text = await archive.readIndex();
  let digest = "";
  let name = "";
  for (let depth = 0; depth < deepest; depth += 1) {
    const content = parseOciContent(text, `The archive ${path}`);
    if (content.type === "manifest") {
      if (digest === "") throw refuse("has a manifest in the place of its index");
      const config = readImageConfig((await archive.readBlob(content.config.digest)).toString());
      if (config === undefined) throw refuse("holds no image for a platform");
      if (content.layers.length > mostLayers) throw refuse(`holds an image of ${content.layers.length} layers`);
      for (const part of content.layers) checkSize(part, archive);
      const layers = content.layers.map((layer) => layer.digest);
      const mediaType = content.mediaType || manifestType;
      return { path, digest, mediaType, config: content.config.digest, layers, name, ...config };
    }
    const [child, ...more] = imagesOf(content);
    if (child === undefined || more.length > 0)
      throw refuse(`holds ${more.length + (child ? 1 : 0)} images instead of one`);
    digest = child.digest;
    name ||= child.annotations?.[nameKey] ?? "";
    text = (await archive.readBlob(digest)).toString();
  }
  throw refuse("is nested too deeply");
}

function checkSize({ digest, size }: OciDescriptor, { sizeOf, refuse }: OciArchive): void {
  if (sizeOf(digest) !== size) throw refuse(`has ${sizeOf(digest)} bytes of ${digest}, which has ${size}`);
}
