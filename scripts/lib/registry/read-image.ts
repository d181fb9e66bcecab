import { imagesOf, isAttestation, type OciDescriptor, platformOf } from "@longshore/publishing";
import { type ImageFacts, readImageFacts } from "@longshore/tagging";
import { mapParallel } from "../http/parallel.ts";
import { readConfig, readContent, readFirstImage } from "./read-content.ts";
import type { Registry, RequestOptions } from "./registry.ts";

/** An image as a registry holds it now, with all its parts asked for. */
export interface ReadImage {
  readonly digest: string;
  /** Platform to digest of its manifest, in the order of the index. */
  readonly platforms: ReadonlyMap<string, string>;
  /** Of an index every image that it names, also two of one platform; attestations are none. */
  readonly images: readonly { readonly digest: string; readonly platform: string }[];
  readonly facts: ImageFacts;
  /** `org.opencontainers.image.created`, or empty. */
  readonly created: string;
  /** Parts that the index names and the registry has not. */
  readonly missing: readonly { readonly digest: string; readonly what: string }[];
}

const together = 16;
const createdKey = "org.opencontainers.image.created";

/** Reads what a tag or digest names; undefined where there is none. Throws InputError where it is no image, and RegistryError. */
export async function readImage(
  registry: Registry,
  reference: string,
  about?: RequestOptions,
): Promise<ReadImage | undefined> {
  const found = await readContent(registry, reference, about);
  if (found === undefined) return undefined;
  const { digest, content } = found;
  if (content.type === "manifest") {
    const config = await readConfig(registry, content);
    const told = readImageFacts(content.annotations);
    const labels = config?.labels ?? {};
    return {
      ...{ digest, platforms: new Map(config === undefined ? [] : [[config.platform, digest]]) },
      images: [],
      facts: told.revision === undefined ? readImageFacts(labels) : told,
      created: content.annotations[createdKey] || labels[createdKey] || "",
      missing: config === undefined ? [{ digest: content.config.digest, what: "its configuration" }] : [],
    };
  }
  const parts = [...new Map(content.manifests.map((part) => [part.digest, part])).values()];
  const heads = await mapParallel(parts, together, (part) => registry.headManifest(part.digest, about));
  const images = imagesOf(content).map((part) => ({ digest: part.digest, platform: platformOf(part) ?? "unknown" }));
  const missing = parts
    .filter((_, position) => heads[position] === undefined)
    .map((part) => ({ digest: part.digest, what: describePart(part) }));
  const annotated = readImageFacts(content.annotations);
  const labels = annotated.revision === undefined ? await readLabels() : {};
  return {
    ...{ digest, missing, images },
    platforms: new Map(images.map((part) => [part.platform, part.digest])),
    facts: annotated.revision === undefined ? readImageFacts(labels) : annotated,
    created: content.annotations[createdKey] || labels[createdKey] || "",
  };

  async function readLabels(): Promise<Readonly<Record<string, string>>> {
    const first = content.type === "index" ? await readFirstImage(registry, content) : undefined;
    const config = first && (await readConfig(registry, first));
    return config?.labels ?? {};
  }
}

function describePart(part: OciDescriptor): string {
  return isAttestation(part) ? "an attestation" : (platformOf(part) ?? "an image of an unknown platform");
}
