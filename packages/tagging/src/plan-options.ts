/** Who owns `latest` (N7). */
export type LatestOwner = "auto" | "default-branch" | "release" | "both" | "none";

/** Whether the caller wants a push. */
export type PushMode = "auto" | "always" | "never";

/** What the caller asked for, and what was fetched because neededFacts asked. */
export interface PlanOptions {
  /** Normalised repositories, at least one: see parseImages */
  readonly images: readonly string[];
  readonly latest: LatestOwner;
  readonly push: PushMode;
  /** Empty, `alpine` or `-alpine` */
  readonly suffix: string;
  readonly extraTags: readonly string[];
  /** Adds the `v` forms of version tags */
  readonly versionPrefix: boolean;
  /** Names of the repository's git tags, any order, with or without `refs/tags/`; empty where not needed */
  readonly versions: readonly string[];
  readonly now: Date;
  /** RFC 3339; empty where unknown or not needed */
  readonly commitDate: string;
}
