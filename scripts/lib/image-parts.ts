import { type OciIndex, type OciManifest, parseOciContent } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import type { Manifest, Registry } from "./registry.ts";

/** An index or manifest of the image, its very bytes and what they say. */
export interface ImagePart {
  readonly manifest: Manifest;
  readonly content: OciIndex | OciManifest;
}

/** The image and all it is made of, children first. Throws InputError when something is not there or is no image. */
export async function readParts(source: Registry, digest: string, parent?: string): Promise<readonly ImagePart[]> {
  const manifest = await source.getManifest(digest);
  if (manifest === undefined) {
    const why = parent === undefined ? "" : `, a part of ${parent}: the image is not complete`;
    throw new InputError(`${source.image} holds no ${digest}${why}.`);
  }
  const parsed = parseOciContent(new TextDecoder().decode(manifest.bytes), `${source.image}@${digest}`);
  const content = { ...parsed, mediaType: parsed.mediaType || manifest.mediaType };
  const children = content.type === "index" ? content.manifests : [];
  const below = await Promise.all(children.map((child) => readParts(source, child.digest, digest)));
  return uniqueParts([...below.flat(), { manifest, content }]);
}

export function uniqueParts(parts: readonly ImagePart[]): readonly ImagePart[] {
  return [...new Map(parts.map((part) => [part.manifest.digest, part])).values()];
}
