import { type AskedBuild, judgeReuse, type OciIndex, type OciManifest, parseOciContent } from "@longshore/publishing";
import { type ImageFacts, readImageFacts } from "@longshore/tagging";
import { readConfig, readFirstImage } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";

/**
 * What lies under the plan's primary tag:
 * - `finished`: the whole image of this very build, with the digest of each platform's manifest, and its `fingerprint` where it tells one.
 * - `differs`: an image of this revision that was told something else, by these inputs.
 * - `none`: nothing to reuse, why in a sentence; `keeps` where an image of this revision has the tag and keeps it: of other
 *   platforms, or a broken one, of which the digest is told.
 */
export type Finished =
  | { readonly type: "finished"; readonly manifests: ReadonlyMap<string, string>; readonly fingerprint?: string }
  | { readonly type: "differs"; readonly inputs: readonly string[] }
  | { readonly type: "none"; readonly sentence: string; readonly keeps?: "other" | { readonly broken: string } };

/**
 * Looks for the finished image under the plan's primary tag. Never throws: what cannot be found out is built, and publish-index
 * looks again before it names anything. `registries` are the plan's images, in order.
 */
export async function findFinishedImage(asked: AskedBuild, registries: readonly Registry[]): Promise<Finished> {
  const { plan } = asked;
  const name = `${plan.images[0]}:${plan.primaryTag}`;
  const [first] = registries;
  try {
    const found = await first?.getManifest(plan.primaryTag);
    if (first === undefined || found === undefined) return none(`There is no ${name} yet.`);
    const content = parseOciContent(new TextDecoder().decode(found.bytes), name);
    const judged = judgeReuse(content, await readFacts(first, content), asked);
    if (judged.verdict === "differs") return { type: "differs", inputs: judged.inputs };
    if (judged.verdict === "build") {
      return none(`${name} exists but is not reused: ${judged.reason}.`, judged.isOurs ? "other" : undefined);
    }
    const children = content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
    const heads = await Promise.all(
      registries.flatMap((registry) =>
        children.map(async (digest) => ({ registry, digest, head: await registry.headManifest(digest) })),
      ),
    );
    const missing = heads.find(({ head }) => head === undefined);
    if (missing === undefined) return { type: "finished", ...judged };
    const sentence = `${name} exists but is not reused: ${missing.registry.image} lacks its part ${missing.digest}.`;
    // A further registry may not have had the image at all.
    return none(sentence, missing.registry === first ? { broken: found.digest } : undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return none(`It could not be found out whether ${name} exists: ${why}`);
  }
}

/** By the annotations, or, where there are none (Docker's media types), the labels of the first platform. */
async function readFacts(registry: Registry, content: OciIndex | OciManifest): Promise<ImageFacts> {
  const told = readImageFacts(content.annotations);
  if (told.revision !== undefined) return told;
  const image = await readFirstImage(registry, content);
  const config = image && (await readConfig(registry, image));
  return readImageFacts(config?.labels ?? {});
}

function none(sentence: string, keeps?: Extract<Finished, { type: "none" }>["keeps"]): Finished {
  return { type: "none", sentence, ...(keeps === undefined ? {} : { keeps }) };
}
