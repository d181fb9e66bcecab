import { imageSize, isAttestation, parseOciContent, platformOf } from "@longshore/publishing";
import { withOciArchive } from "../lib/programs/oci-archive.ts";
import type { Registry } from "../lib/registry/registry.ts";

/** What was built, as its store tells it. */
export interface BuiltImage {
  /** Digest of the platform's image manifest. */
  readonly manifest: string;
  /** Compressed bytes of config and layers. */
  readonly size: number;
}

/** An index of one image with its attestation; with an archive's own index around it nothing real is deeper. */
const deepest = 4;

/** Reads the image of a platform behind a digest that was just pushed. Throws where it is not there or not of that platform. */
export async function readPushedImage(registry: Registry, digest: string, platform: string): Promise<BuiltImage> {
  return readImage(digest, platform, registry.image, async (wanted) => {
    const found = await registry.getManifest(wanted, { expected: true });
    return found && new TextDecoder().decode(found.bytes);
  });
}

/** The same of an OCI archive, with the digest of what its index names. */
export function readArchivedImage(path: string, platform: string): Promise<BuiltImage & { readonly digest: string }> {
  return withOciArchive(path, async (archive) => {
    const top = parseOciContent(await archive.readIndex(), `index.json of ${path}`);
    const digest = top.type === "index" ? top.manifests[0]?.digest : undefined;
    if (digest === undefined) throw archive.refuse("holds no image");
    const read = async (wanted: string) => (await archive.readBlob(wanted)).toString();
    return { digest, ...(await readImage(digest, platform, path, read)) };
  });
}

async function readImage(
  digest: string,
  platform: string,
  place: string,
  read: (digest: string) => Promise<string | undefined>,
  depth = 1,
): Promise<BuiltImage> {
  if (depth > deepest) throw new Error(`${place} nests the image for ${platform} deeper than ${deepest} levels.`);
  const text = await read(digest);
  if (text === undefined) throw new Error(`${place} does not have ${digest}, which was built for ${platform}.`);
  const content = parseOciContent(text, `${place}@${digest}`);
  if (content.type === "manifest") return { manifest: digest, size: imageSize(content) };
  const images = content.manifests.filter((descriptor) => !isAttestation(descriptor));
  const own = images.find((descriptor) => platformOf(descriptor) === platform);
  if (own === undefined || images.length !== 1) {
    const held = images.map((descriptor) => platformOf(descriptor) ?? "unknown").join(", ");
    throw new Error(`${place}@${digest} was built for ${platform} but holds ${held || "no image"}.`);
  }
  return readImage(own.digest, platform, place, read, depth + 1);
}
