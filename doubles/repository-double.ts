import type { Issue } from "./repository-state.ts";
import type { WorkflowRunInput } from "./workflow-run.ts";

export interface CommitInput {
  /** Default: what git would compute for an empty tree. */
  readonly sha?: string;
  /** Default: none. */
  readonly parents?: readonly string[];
  /** Author and committer date; default now. */
  readonly date?: Date | string;
  readonly message?: string;
}

export interface PullRequestInput {
  /** Default: the next free number. */
  readonly number?: number;
  readonly title?: string;
  /** Head branch and commit; `repository` is a fork's `owner/name`. The branch is set to the commit in this repository unless it is a fork's. */
  readonly head: { readonly branch: string; readonly sha: string; readonly repository?: string };
  /** Base branch; default the default branch. */
  readonly base?: string;
  readonly user?: string;
  readonly draft?: boolean;
}

/** A git repository on GitHub. Changes are seen by the next request. Names are raw: `feature/x`, not `refs/heads/feature/x`. */
export interface RepositoryDouble {
  readonly fullName: string;
  /** `main` until it is set. */
  setDefaultBranch(name: string): void;
  /** `private` until it is set. */
  setVisibility(visibility: "public" | "private"): void;
  describe(about: {
    readonly description?: string;
    readonly homepage?: string;
    readonly license?: string;
    readonly topics?: readonly string[];
  }): void;
  /** Returns the commit's sha. */
  addCommit(commit?: CommitInput): string;
  setBranch(name: string, sha: string): void;
  deleteBranch(name: string): void;
  /** Lightweight, or annotated where there is a message. Returns the sha the ref names: of the commit, or of the tag object. */
  setTag(name: string, sha: string, annotation?: { readonly message: string }): string;
  deleteTag(name: string): void;
  /** Returns its number. */
  openPullRequest(pullRequest: PullRequestInput): number;
  /** A new head commit. */
  pushToPullRequest(number: number, sha: string): void;
  closePullRequest(number: number, how?: { readonly merged: boolean }): void;
  addRelease(release: { readonly tag: string; readonly prerelease?: boolean; readonly draft?: boolean }): void;
  /** All that were opened, as they are now. */
  issues(): readonly Readonly<Issue>[];
  /** What GitHub Actions' cache holds. */
  setCacheUsage(usage: { readonly bytes: number; readonly count: number }): void;
  /** A run of GitHub Actions, newer than those before. */
  addRun(run: WorkflowRunInput): void;
  /** Reads commits, branches and tags of a real checkout (also deletions since the last time). Its `HEAD` branch becomes the default branch on first load. */
  loadGit(path: string): Promise<void>;
}
