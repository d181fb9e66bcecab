/** What is true of the repository at the moment of planning. */
export interface PruneFacts {
  /** Their numbers, each with its head's commit */
  readonly openPullRequests: ReadonlyMap<number, string>;
  /** Names of all existing branches as git has them, unslugged, each with its head's commit */
  readonly branches: ReadonlyMap<string, string>;
  readonly defaultBranch: string;
  /** Of the server that the repository is on, such as `https://github.com` */
  readonly serverUrl: string;
  /** `owner/name` of the repository: as it was asked for, and as it is called now */
  readonly repositoryNames: readonly string[];
  /** Digests that the package is known to have had and has no more; what it lacks may belong to another package */
  readonly deleted?: ReadonlySet<string>;
  /** Milliseconds since 1970 */
  readonly now: number;
}

/** What the user asks for. Durations are milliseconds. */
export interface PruneRules {
  readonly pullRequestMaxAge: number;
  readonly featureMaxAge: number;
  /** What has no tag and nothing names stays so long */
  readonly untaggedGrace: number;
  /** So many of the newest default-branch images stay, of each variant; undefined: all */
  readonly keepDefaultBranch?: number | undefined;
  /** Never fewer tagged images are left, as far as there are so many: filled up from what would go, newest first */
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
