import { imageSize, imagesOf, platformOf } from "@longshore/publishing";
import { formatTag, type ImagePlan, readImageFacts } from "@longshore/tagging";
import { readContent } from "../lib/registry/read-content.ts";
import type { Registry } from "../lib/registry/registry.ts";

/** The default branch's image, as it was before this run moved anything. */
export interface BaseSizes {
  /** `ghcr.io/acme/app:main` */
  readonly name: string;
  /** Platform → compressed bytes; empty where there is no such image. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Why nothing could be compared, in a sentence. */
  readonly problem?: string;
}

/** Only asked for the summary, so it never fails the step; each request is tried once. */
export async function measureBase(registry: Registry, plan: ImagePlan): Promise<BaseSizes> {
  const { suffix, defaultBranch, component } = plan;
  const tag = formatTag({ class: "branch", suffix }, { defaultBranch, suffixes: [suffix] });
  const name = `${registry.image}:${tag}`;
  try {
    const once = { attempts: 1 };
    const base = await readContent(registry, tag, once);
    if (base?.content.type !== "index") return { name, sizes: new Map() };
    const facts = readImageFacts(base.content.annotations);
    if (facts.revision !== undefined && facts.component !== component) return { name, sizes: new Map() };
    const sizes = await Promise.all(
      imagesOf(base.content).map(async (child): Promise<readonly [string, number][]> => {
        const image = await readContent(registry, child.digest, once);
        const platform = platformOf(child);
        return platform !== undefined && image?.content.type === "manifest"
          ? [[platform, imageSize(image.content)]]
          : [];
      }),
    );
    return { name, sizes: new Map(sizes.flat()) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { name, sizes: new Map(), problem: `Sizes were not compared with ${name}: ${problem}` };
  }
}
