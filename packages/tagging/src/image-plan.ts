import type { BuildKind } from "./build-facts.ts";
import type { Mutability, TagClass } from "./tag.ts";

export const deliveries = ["registry", "artifact", "none"] as const;
export type Delivery = (typeof deliveries)[number];

/** What lets a moving tag move: its holder is an ancestor of this revision, or a lower version of its line. */
export const moveRules = ["ancestor", "highest-version"] as const;
export type MoveRule = (typeof moveRules)[number];

export interface PlannedTag {
  readonly name: string;
  readonly class: TagClass;
  readonly mutability: Mutability;
  /** One short clause for people */
  readonly reason: string;
  /** Of moving tags only */
  readonly rule?: MoveRule;
}

/** A moving tag that the plan leaves where it is. */
export interface LeftTag {
  readonly name: string;
  readonly reason: string;
  /** Where higher versions are the only reason: the highest of them, at most ten, highest first */
  readonly higher?: readonly string[];
  /** Beside `higher`: it moves after all where none of them has an image, so a plan with it is one that moves tags */
  readonly mutability?: "moving";
}

/** The `plan` output of plan-image: what this image is called, where it goes, and why. Plain JSON. */
export interface ImagePlan {
  readonly kind: BuildKind;
  /** Normalised repositories, at least one */
  readonly images: readonly string[];
  /** In the order they are put: immutable first, the primary tag before all */
  readonly tags: readonly PlannedTag[];
  /** Moving tags an event like this owns, but that stay where they are this time */
  readonly notMoved: readonly LeftTag[];
  /** The immutable tag this image is known by; empty for kind `none` */
  readonly primaryTag: string;
  /** Commit built, 40 hexadecimal digits; empty for kind `none` */
  readonly revision: string;
  /** Date of that commit, RFC 3339 in UTC, or empty */
  readonly created: string;
  /** `org.opencontainers.image.version`: the semantic version of a release or prerelease, else the primary tag */
  readonly version: string;
  /** `owner/name` */
  readonly repository: string;
  readonly defaultBranch: string;
  /** Branch whose tip this commit is or was, of pull requests the head branch; empty of git tags, bare commits, the merge queue */
  readonly branch: string;
  /** Component of a monorepo, or empty */
  readonly component: string;
  /** Empty, or with its dash: `-alpine` */
  readonly suffix: string;
  readonly delivery: Delivery;
  /** Why that delivery, a sentence */
  readonly reason: string;
  /** Scopes of the build cache: this event's own, the default branch's, and whether this run writes its own */
  readonly cache: { readonly own: string; readonly fallback: string; readonly write: boolean };
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
