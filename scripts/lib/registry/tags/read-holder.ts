import { InputError } from "@longshore/language";
import type { TagHolder } from "@longshore/publishing";
import { type ImageFacts, readImageFacts } from "@longshore/tagging";
import { readConfig, readContent, readFirstImage } from "../read-content.ts";
import type { Registry } from "../registry.ts";

/** Reads what the image under a digest says of itself; each digest is read once. */
export type HolderReader = (digest: string) => Promise<TagHolder>;

/**
 * The index's annotations tell; where there are none (Docker's media types, other tools) the labels of its first image do.
 * Something that is no image, or is gone meanwhile, tells nothing.
 */
export function createHolderReader(registry: Registry): HolderReader {
  const known = new Map<string, Promise<TagHolder>>();
  return (digest) => {
    const holder = known.get(digest) ?? readFacts(registry, digest).then((facts) => ({ digest, facts }));
    known.set(digest, holder);
    holder.catch(() => known.delete(digest)); // the next attempt asks again
    return holder;
  };
}

async function readFacts(registry: Registry, digest: string): Promise<ImageFacts> {
  try {
    const found = await readContent(registry, digest);
    if (found === undefined) return readImageFacts({});
    const told = readImageFacts(found.content.annotations);
    if (told.revision !== undefined) return told;
    const image = await readFirstImage(registry, found.content);
    const config = image && (await readConfig(registry, image));
    return readImageFacts(config?.labels ?? {});
  } catch (error) {
    if (error instanceof InputError) return readImageFacts({});
    throw error;
  }
}
