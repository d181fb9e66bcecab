import { isOfClock } from "@longshore/tagging";
import type { SeenTag } from "./decide-tags.ts";

/**
 * Whether an image was made before the plan whose tags these are: it has an immutable name of the plan, and not the plan's moment. A job
 * that is started again makes a plan anew, with a later clock, for an image that had its moment and its day when it was made.
 */
export function isMadeBefore(seen: readonly SeenTag[], digest: string): boolean {
  const named = seen.filter(({ tag, head }) => tag.mutability === "immutable" && head?.digest === digest);
  return named.length > 0 && !named.some(({ tag }) => isOfClock(tag));
}
