import type { StepCount } from "@longshore/publishing";
import type { Delivery, ImagePlan } from "@longshore/tagging";
import type { HeldTag } from "../lib/registry/tags/free-tags.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";

export interface PlatformOutcome {
  readonly platform: string;
  /** Digest of the platform's image manifest, or of what its archive holds. */
  readonly digest: string;
  /** Compressed bytes. */
  readonly size: number;
  /** Of the default branch's image; absent where there is none. */
  readonly sizeBefore?: number;
  /** Of the build, retries included. */
  readonly seconds: number;
  readonly reused: boolean;
  readonly retries: readonly string[];
  /** File name, of delivery `artifact` only. */
  readonly archive?: string;
  /** Absent where the cache tells nothing: nothing was built, or the build was asked to be cold. */
  readonly steps?: StepCount;
}

/** Output `result`, as JSON. */
export interface PublishResult {
  readonly kind: ImagePlan["kind"];
  readonly delivery: Delivery;
  /** Why that delivery, a sentence. */
  readonly reason: string;
  readonly revision: string;
  readonly images: readonly string[];
  readonly primaryTag: string;
  /** Of the index; absent unless the delivery is `registry`. */
  readonly digest?: string;
  readonly mediaType?: string;
  /** Whether the index was there before. */
  readonly reused: boolean;
  readonly platforms: readonly PlatformOutcome[];
  /** One for each tag and repository, in the order they were put. */
  readonly tags: readonly TagOutcome[];
  /** Moving tags this event would own, but that the plan leaves. */
  readonly notMoved: readonly HeldTag[];
  /** Reference of the image the sizes are compared with. */
  readonly comparedWith?: string;
  /** One sentence each: what was tried again, adopted, or left out. */
  readonly notes: readonly string[];
}
