import { setTimeout as pause } from "node:timers/promises";
import { type ReadImage, readImage } from "../lib/registry/read-image.ts";
import type { Registry } from "../lib/registry/registry.ts";

/** Pauses between two looks, milliseconds; the last one is kept. */
const PAUSES = [500, 1000, 2000, 4000, 8000, 15_000];

/** The registry does not serve the image in time. */
export class NotServedError extends Error {
  override readonly name = "NotServedError";
}

/**
 * Asks until the registry serves the image and every part of it. A registry may lag behind its own writes, and GHCR serves an
 * index before its parts now and then. Throws NotServedError after `limit` milliseconds, and RegistryError.
 */
export async function waitForParts(
  registry: Registry,
  digest: string,
  limit: number,
  tell: (sentence: string) => void,
): Promise<ReadImage> {
  const end = performance.now() + limit;
  for (let look = 0; ; look += 1) {
    const image = await readImage(registry, digest);
    if (image !== undefined && image.missing.length === 0) return image;
    const lacks = image?.missing.map((part) => `${part.what} (${part.digest})`).join(", ") ?? "the image itself";
    const left = end - performance.now();
    if (left <= 0) {
      throw new NotServedError(
        `${registry.image}@${digest} cannot be read whole after ${limit / 1000} s: the registry does not serve ${lacks}. Check that it was pushed there and not removed, or give the input \`wait\` a longer time.`,
      );
    }
    const delay = Math.min(PAUSES[Math.min(look, PAUSES.length - 1)] ?? 0, left);
    tell(`The registry does not serve ${lacks} yet: looking again in ${Math.ceil(delay / 100) / 10} s.`);
    await pause(delay);
  }
}
