import type { Mutability } from "@longshore/tagging";

/**
 * What became of one tag in one repository.
 * - `written`: names the image since now; `done`: named it before.
 * - `kept`: immutable, keeps the first image of this revision.
 * - `left`: moving, stays where it is; `newer` where its image is a newer one.
 * - `deferred`: moving, left to a promotion of this image.
 * - `failed`: should name the image and does not. `skipped`: not tried, as an immutable tag failed.
 */
export interface TagOutcome {
  readonly image: string;
  readonly name: string;
  readonly mutability: Mutability;
  readonly outcome: "written" | "done" | "kept" | "left" | "deferred" | "failed" | "skipped";
  /** One clause. */
  readonly reason: string;
  readonly newer?: true;
  /** What the tag names, as far as known. */
  readonly digest?: string;
}

export function namesImage({ outcome }: TagOutcome): boolean {
  return outcome === "written" || outcome === "done";
}

export function hasFailed({ outcome }: TagOutcome): boolean {
  return outcome === "failed" || outcome === "skipped";
}
