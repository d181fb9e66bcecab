import type { ImagePlan } from "./image-plan.ts";

/**
 * What two runs must not put at the same time, as one text: the moving names of an image and variant. Where nothing moves, each commit
 * is on its own, since immutable names meet only there.
 */
export function publishQueue({
  images,
  component,
  suffix,
  tags,
  revision,
}: Pick<ImagePlan, "images" | "component" | "suffix" | "revision"> & {
  readonly tags: readonly Pick<ImagePlan["tags"][number], "mutability">[];
}): string {
  const names = [images[0] ?? "", component, suffix];
  return JSON.stringify(tags.some(({ mutability }) => mutability === "moving") ? names : [...names, revision]);
}
