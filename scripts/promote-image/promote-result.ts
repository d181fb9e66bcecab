import type { HeldTag } from "../lib/registry/tags/free-tags.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";
import type { CopyReport } from "./copy-image.ts";

/** Output `result`, as JSON. */
export interface PromoteResult {
  /** `none`: there was nothing to promote, as `notes` says. */
  readonly kind: "deferred" | "release" | "image" | "repository" | "none";
  /** Reference of the image, or the repository whose tags were copied. */
  readonly source: string;
  /** Absent for kinds `repository` and `none`. */
  readonly digest?: string;
  /** Commit of the image; empty where it names none. */
  readonly revision: string;
  /** Why, in the words of whoever asked; empty where nobody said. */
  readonly reason: string;
  /** Whether moving tags were allowed to go back. */
  readonly backward: boolean;
  /** One for each tag and repository, in the order they were put. */
  readonly tags: readonly TagOutcome[];
  /** Moving tags the event would own, but that the plan leaves. */
  readonly notMoved: readonly HeldTag[];
  readonly copies: readonly CopyReport[];
  /** One sentence each. */
  readonly notes: readonly string[];
}
