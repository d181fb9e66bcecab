/** What an event is to Longshore. */
export const buildKinds = [
  "pull-request",
  "feature",
  "default-branch",
  "release",
  "prerelease",
  "merge-queue",
  "tag",
  "none",
] as const;
export type BuildKind = (typeof buildKinds)[number];

/** What the edge hands in: parsed JSON and the runner's variables, nothing interpreted. */
export interface EventContext {
  /** `GITHUB_EVENT_NAME` */
  readonly eventName: string;
  /** Parsed content of `GITHUB_EVENT_PATH` */
  readonly payload: unknown;
  /** `GITHUB_REF`, such as `refs/heads/main` */
  readonly ref: string;
  /** `GITHUB_SHA`, 40 hexadecimal digits */
  readonly sha: string;
  /** `GITHUB_REPOSITORY`, `owner/name` */
  readonly repository: string;
  /** `GITHUB_ACTOR` */
  readonly actor: string;
  /** `GITHUB_SERVER_URL` */
  readonly serverUrl: string;
  /** Input `ref`, resolved: `refs/heads/x`, `refs/tags/x` or a bare commit sha, with the commit it stands for. */
  readonly override?: { readonly ref: string; readonly revision: string } | undefined;
}

/** What the payload's `repository` object tells; texts are empty where it is silent. */
export interface RepositoryFacts {
  /** `owner/name` as GitHub spells it */
  readonly fullName: string;
  readonly url: string;
  readonly description: string;
  /** SPDX identifier */
  readonly license: string;
  /** Empty where the payload does not say and the kind does not depend on it */
  readonly defaultBranch: string;
}

/** Whose run it is, as far as the rights of its token go. */
export type TokenOrigin = "repository" | "fork" | "dependabot";

interface Commit {
  readonly repository: RepositoryFacts;
  /** Component of a monorepo, or empty */
  readonly component: string;
  /** The commit that is checked out and built, 40 lower-case hexadecimal digits */
  readonly revision: string;
  /** Date of that commit, RFC 3339 in UTC; empty where the payload does not tell */
  readonly created: string;
  readonly origin: TokenOrigin;
}

export interface PullRequestFacts extends Commit {
  readonly kind: "pull-request";
  readonly number: number;
  /** Head branch */
  readonly branch: string;
}

export interface BranchFacts extends Commit {
  readonly kind: "feature" | "default-branch";
  readonly branch: string;
}

export interface MergeQueueFacts extends Commit {
  readonly kind: "merge-queue";
  readonly number: number;
  /** Base branch of the queue */
  readonly branch: string;
}

export interface VersionFacts extends Commit {
  readonly kind: "release" | "prerelease";
  /** Git tag, such as `api/v1.2.3` */
  readonly gitTag: string;
  /** Semantic version without `v`, such as `1.2.3-rc.1+build.5` */
  readonly version: string;
}

export interface OtherTagFacts extends Commit {
  readonly kind: "tag";
  /** Git tag that is no version; empty when a bare commit was asked for */
  readonly gitTag: string;
}

export interface NoFacts {
  readonly kind: "none";
  readonly repository: RepositoryFacts;
  readonly component: string;
  /** Why nothing is built, a sentence */
  readonly reason: string;
}

/** What an event means, read once at the edge. */
export type BuildFacts = PullRequestFacts | BranchFacts | MergeQueueFacts | VersionFacts | OtherTagFacts | NoFacts;
