import { judgeReuse, parseOciContent } from "@longshore/publishing";
import type { ImagePlan } from "@longshore/tagging";
import type { Registry } from "../lib/registry.ts";

/** Digest of each platform's manifest of the finished image of this revision, or why there is none to reuse, in a sentence. */
export type Finished = ReadonlyMap<string, string> | string;

/**
 * Looks for the finished image under the plan's primary tag. Never throws: what cannot be found out is built.
 * `registries` are the plan's images, in order.
 */
export async function findFinishedImage(
  plan: ImagePlan,
  platforms: readonly string[],
  registries: readonly Registry[],
): Promise<Finished> {
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  try {
    const found = await registries[0]?.getManifest(plan.primaryTag);
    if (found === undefined) return `There is no ${name} yet.`;
    const content = parseOciContent(new TextDecoder().decode(found.bytes), name);
    const verdict = judgeReuse(content, plan, platforms);
    if (!verdict.reusable) return `${name} exists but is not reused: ${verdict.reason}.`;
    const children = content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
    const heads = await Promise.all(
      registries.flatMap((registry) =>
        children.map(async (digest) => ({ registry, digest, head: await registry.headManifest(digest) })),
      ),
    );
    const missing = heads.find(({ head }) => head === undefined);
    if (missing === undefined) return verdict.manifests;
    return `${name} exists but is not reused: ${missing.registry.image} lacks its part ${missing.digest}.`;
  } catch (error) {
    return `It could not be found out whether ${name} exists: ${error instanceof Error ? error.message : String(error)}`;
  }
}
