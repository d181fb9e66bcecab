/** A tag or branch or commit, looked up. */
export interface ResolvedRef {
  /** `refs/heads/x`, `refs/tags/x`, or the bare commit SHA when that was given. */
  readonly ref: string;
  readonly sha: string;
  /** Committer's date, RFC 3339. */
  readonly date: string;
}

/** How `head` lies to `base`; "unknown" when one of the two is not in the repository (any more). */
export type CommitRelation = "ahead" | "behind" | "identical" | "diverged" | "unknown";

/**
 * What the steps ask GitHub. `repository` is `owner/name`. Server errors, limits and resets are tried again with
 * back-off (at most about a minute in all); what remains is a GitHubError with one sentence.
 */
export interface GitHubApi {
  /** Names of the git tags that start with `prefix`. Asked once per prefix. */
  readonly listTagNames: (repository: string, prefix?: string) => Promise<readonly string[]>;
  /** Committer's date of a commit, RFC 3339. */
  readonly readCommitDate: (repository: string, sha: string) => Promise<string>;
  /** A branch, tag (short or `refs/…`) or full SHA. One call, two for a short name. Throws InputError when there is none. */
  readonly resolveRef: (repository: string, ref: string) => Promise<ResolvedRef>;
  readonly compareCommits: (repository: string, base: string, head: string) => Promise<CommitRelation>;
}

/** GitHub's refusal or lasting failure, as one sentence that says what to do. */
export class GitHubError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = "GitHubError";
    this.status = status;
  }
}

export interface GitHubApiOptions {
  readonly token: string;
  /** Base of the REST API, such as `https://api.github.com`. */
  readonly url: string;
  /** Told before each pause, one sentence. */
  readonly onRetry: (notice: string) => void;
}
