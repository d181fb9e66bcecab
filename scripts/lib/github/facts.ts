/** A tag or branch or commit, looked up. */
export interface ResolvedRef {
  /** `refs/heads/x`, `refs/tags/x`, or the bare commit SHA when that was given. */
  readonly ref: string;
  readonly sha: string;
  /** Committer's date, RFC 3339. */
  readonly date: string;
}

/** Where a pull request stands. */
export interface PullRequestHead {
  readonly sha: string;
  readonly branch: string;
  readonly isOpen: boolean;
}

/** How `head` lies to `base`; "unknown" when one of the two is not in the repository (any more). */
export type CommitRelation = "ahead" | "behind" | "identical" | "diverged" | "unknown";

export interface GitHubApiOptions {
  readonly token: string;
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly url: string;
  /** Told before each pause, one sentence. */
  readonly onRetry: (notice: string) => void;
}
