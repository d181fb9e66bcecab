import type { PlainMap } from "./expressions.ts";

/** An event as GitHub would hand it to a workflow run. */
export interface RecordedEvent {
  readonly name: string;
  readonly payload: PlainMap;
  /** `GITHUB_REF`, such as `refs/pull/7/merge`. */
  readonly ref: string;
  /** `GITHUB_SHA`: of a pull request the merge commit. */
  readonly sha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly actor: string;
  /** A fork's or Dependabot's: its token may only read and there are no secrets. */
  readonly untrusted: boolean;
}

/** `GITHUB_REF_NAME`: the ref without `refs/heads/`, `refs/tags/` or `refs/pull/`. */
export function refName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//, "");
}
