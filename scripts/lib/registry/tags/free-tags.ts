import { freeTags, type ImagePlan, obstaclesOf } from "@longshore/tagging";
import type { Registry } from "../registry.ts";

/**
 * The plan with the tags that only versions without an image held back. Looks for the image of the highest version first: it is
 * there unless its build failed, so a backport costs one request, and any other event none. Throws RegistryError.
 */
export async function freeHeldTags(plan: ImagePlan, registry: Registry): Promise<ImagePlan> {
  const published = new Set<string>();
  const obstacles = obstaclesOf(plan);
  for (const [version, tag] of obstacles) {
    const isDecided = plan.notMoved.every(
      ({ higher = [] }) => !higher.includes(version) || higher.some((one) => published.has(one)),
    );
    if (!isDecided && (await registry.headManifest(tag)) !== undefined) published.add(version);
  }
  return obstacles.size === 0 ? plan : freeTags(plan, (version) => published.has(version));
}
