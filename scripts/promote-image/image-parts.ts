import { InputError } from "@longshore/language";
import { type OciIndex, type OciManifest, parseOciContent } from "@longshore/publishing";
import { mapParallel } from "../lib/http/parallel.ts";
import type { Manifest } from "../lib/registry/manifest.ts";
import type { Registry } from "../lib/registry/registry.ts";

/** An index or manifest of the image, its very bytes and what they say. */
export interface ImagePart {
  readonly manifest: Manifest;
  readonly content: OciIndex | OciManifest;
}

/** An index of images, of indexes with provenance, of what a tool puts around them: nothing real is deeper. */
const deepest = 5;
/** Of one image with all that belongs to it. */
const most = 2000;
const together = 8;

/** What is read of one image and its companions: each manifest once, and not without end. */
export interface PartsWalk {
  /** The image and all it is made of, children first. Throws InputError when something is not there or is no image. */
  readonly read: (digest: string) => Promise<readonly ImagePart[]>;
}

export function walkParts(source: Registry): PartsWalk {
  const known = new Map<string, Promise<ImagePart>>();
  const readOne = (digest: string, parent: string | undefined): Promise<ImagePart> => {
    const before = known.get(digest);
    if (before !== undefined) return before;
    if (known.size >= most) {
      throw new InputError(`${source.image} has more than ${most} manifests for one image: so many are not read.`);
    }
    const part = readPart(source, digest, parent);
    known.set(digest, part);
    return part;
  };
  return {
    read: async (digest) => {
      const found = new Map<string, ImagePart>();
      let level: ReadonlyMap<string, string | undefined> = new Map([[digest, undefined]]);
      for (let depth = 1; level.size > 0; depth += 1) {
        if (depth > deepest) {
          throw new InputError(`${source.image}@${digest} is nested deeper than ${deepest} levels: that is no image.`);
        }
        const parts = await mapParallel([...level], together, ([one, parent]) => readOne(one, parent));
        for (const part of parts) found.set(part.manifest.digest, part);
        const below = parts.flatMap((part) => childrenOf(part).map((child) => [child, part.manifest.digest] as const));
        level = new Map(below.filter(([child]) => !found.has(child)));
      }
      return childrenFirst(digest, found);
    },
  };
}

async function readPart(source: Registry, digest: string, parent: string | undefined): Promise<ImagePart> {
  const manifest = await source.getManifest(digest);
  if (manifest === undefined) {
    const why = parent === undefined ? "" : `, a part of ${parent}: the image is not complete`;
    throw new InputError(`${source.image} holds no ${digest}${why}.`);
  }
  const parsed = parseOciContent(new TextDecoder().decode(manifest.bytes), `${source.image}@${digest}`);
  return { manifest, content: { ...parsed, mediaType: parsed.mediaType || manifest.mediaType } };
}

function childrenOf({ content }: ImagePart): readonly string[] {
  return content.type === "index" ? content.manifests.map((child) => child.digest) : [];
}

function childrenFirst(root: string, found: ReadonlyMap<string, ImagePart>): readonly ImagePart[] {
  const done = new Map<string, ImagePart>();
  const entered = new Set<string>();
  const visit = (digest: string): void => {
    const part = found.get(digest);
    if (part === undefined || entered.has(digest)) return;
    entered.add(digest);
    childrenOf(part).forEach(visit);
    done.set(digest, part);
  };
  visit(root);
  return [...done.values()];
}

export function uniqueParts(parts: readonly ImagePart[]): readonly ImagePart[] {
  return [...new Map(parts.map((part) => [part.manifest.digest, part])).values()];
}
