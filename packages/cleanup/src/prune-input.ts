/** What is true of the repository at the moment of planning. */
export interface PruneFacts {
  readonly openPullRequests: ReadonlySet<number>;
  /** Names of all existing branches as git has them, unslugged */
  readonly branches: readonly string[];
  readonly defaultBranch: string;
  /** Milliseconds since 1970 */
  readonly now: number;
}

/** What the user asks for. Durations are milliseconds. */
export interface PruneRules {
  readonly pullRequestMaxAge: number;
  readonly featureMaxAge: number;
  readonly untaggedGrace: number;
  /** So many of the newest default-branch images stay; undefined: all */
  readonly keepDefaultBranch?: number | undefined;
  /** So many of the newest tagged versions stay in any case */
  readonly minimumKept: number;
  /** A feature image is known by its tag alone, without annotations */
  readonly trustTagNames: boolean;
  /** Only this pull request's images and build caches may go, with what belongs to them alone */
  readonly pullRequest?: number | undefined;
  /** Suffixes in use, as given to the `suffix` input of builds */
  readonly suffixes?: readonly string[] | undefined;
}

/** The rules of prune-images when nothing is given. */
export const defaultRules: PruneRules = {
  pullRequestMaxAge: 24 * 3_600_000,
  featureMaxAge: 7 * 24 * 3_600_000,
  untaggedGrace: 24 * 3_600_000,
  minimumKept: 5,
  trustTagNames: false,
};
