import { judgeFoundImage } from "@longshore/publishing";
import { type ReadImage, readImage } from "../lib/registry/read-image.ts";
import { isTransientError, type Registry } from "../lib/registry/registry.ts";
import { type Target, tagsOfRevision } from "./find-target.ts";
import type { FindRequest } from "./read-request.ts";

/** What one look gave. The reason is a clause that completes "not yet: …". */
export type Look =
  | { readonly outcome: "found"; readonly tag: string; readonly image: ReadImage }
  | { readonly outcome: "not-yet"; readonly reason: string };

/** A name that should be the wanted image is another one's: waiting does not help. */
export class OtherImage extends Error {
  override readonly name = "OtherImage";
}

/**
 * Asks for each tag once. What may pass (absent, incomplete, a registry that fails for the moment) is `not-yet`.
 * Throws OtherImage, and RegistryError where the registry refuses.
 */
export async function lookInRegistry(registry: Registry, target: Target, request: FindRequest): Promise<Look> {
  const wanted = { revision: target.revision, component: request.component, platforms: request.platforms };
  const reasons: string[] = [];
  const others: string[] = [];
  const ask = async (tag: string): Promise<Look | undefined> => {
    const image = await readImage(registry, tag, { attempts: 1 });
    if (image === undefined) return undefined;
    const platforms = [...image.platforms.keys()];
    const missing = image.missing.map(({ digest, what }) => `${digest} (${what})`);
    const verdict = judgeFoundImage(wanted, { facts: image.facts, platforms, missing });
    if (verdict.verdict === "found") return { outcome: "found", tag, image };
    (verdict.verdict === "other" ? others : reasons).push(`${registry.image}:${tag} is there, but ${verdict.reason}`);
    return undefined;
  };
  try {
    for (const tag of target.tags) {
      const look = await ask(tag);
      if (look !== undefined) return look;
    }
    // A name made for this commit that holds another one's image is an error; of listed names seven digits may be alike.
    if (others.length > 0) throw new OtherImage(`Not the image that is wanted: ${others.join("; ")}.`);
    if (target.lists) {
      const names = (await registry.listTags({ attempts: 1 })) ?? [];
      for (const tag of tagsOfRevision(names, target.revision, request.suffix)) {
        const look = await ask(tag);
        if (look !== undefined) return look;
      }
    }
  } catch (error) {
    if (!isTransientError(error)) throw error;
    reasons.push(error instanceof Error ? error.message.replace(/\.$/u, "") : String(error));
  }
  return { outcome: "not-yet", reason: [...reasons, ...others].join("; ") || "no such tag is there" };
}
