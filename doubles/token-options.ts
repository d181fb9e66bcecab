export type Access = "none" | "read" | "write";

/** What a token may do. The default is a workflow's GITHUB_TOKEN that reads contents and pull requests and writes packages. */
export interface TokenOptions {
  /** Default `github-actions[bot]`. */
  readonly user?: string;
  /** A workflow's GITHUB_TOKEN, or a person's classic token; they are refused with different words. Default `workflow`. */
  readonly type?: "workflow" | "personal";
  readonly contents?: Access;
  readonly pullRequests?: Access;
  /** Default none. */
  readonly issues?: Access;
  /** Workflow runs, artifacts and caches; default none. */
  readonly actions?: Access;
  readonly packages?: Access;
  /** Whether a push may create a package that does not exist; default: whether it may write packages. */
  readonly createsPackages?: boolean;
  /** Whether it may delete and restore versions (the Admin role of the package); default: whether it may write packages. */
  readonly deletesPackages?: boolean;
  /** The `owner/name`s (of repositories and packages) it is good for, in any case; default all. */
  readonly only?: readonly string[];
  readonly expiresAfterSeconds?: number;
  /** GitHub's primary limit; default 1,000 of a workflow, 5,000 of a person. */
  readonly requestsPerHour?: number;
}
