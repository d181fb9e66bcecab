import {
  type ImageConfig,
  imagesOf,
  type OciIndex,
  type OciManifest,
  parseOciContent,
  readImageConfig,
} from "@longshore/publishing";
import type { Registry, RequestOptions } from "./registry.ts";

export interface FoundContent {
  readonly digest: string;
  readonly content: OciIndex | OciManifest;
}

/** An image's config is a few kilobytes; this is far beyond. */
const MAXIMUM_CONFIG = 8 * 1024 * 1024;

/** Index or manifest under a tag or digest; undefined when it is not there. Throws InputError when it is something else. */
export async function readContent(
  registry: Registry,
  reference: string,
  about?: RequestOptions,
): Promise<FoundContent | undefined> {
  const found = await registry.getManifest(reference, about);
  if (found === undefined) return undefined;
  const content = parseOciContent(new TextDecoder().decode(found.bytes), `${registry.image} ${reference}`);
  return { digest: found.digest, content: { ...content, mediaType: content.mediaType || found.mediaType } };
}

/** Platform and labels of an image; undefined when it is not there or is no image for platforms. */
export async function readConfig(registry: Registry, manifest: OciManifest): Promise<ImageConfig | undefined> {
  const bytes = await registry.getBlob(manifest.config.digest, MAXIMUM_CONFIG);
  return bytes && readImageConfig(new TextDecoder().decode(bytes));
}

/** The image's own manifest: the content itself, or the first image of an index. */
export async function readFirstImage(
  registry: Registry,
  content: OciIndex | OciManifest,
): Promise<OciManifest | undefined> {
  if (content.type === "manifest") return content;
  const [first] = imagesOf(content);
  const child = first && (await readContent(registry, first.digest));
  return child?.content.type === "manifest" ? child.content : undefined;
}
