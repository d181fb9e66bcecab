import type { Commit, TagObject } from "./git-object.ts";
import { type Journal, newest, type TimelineMap, timelineMap } from "./timeline.ts";
import type { WorkflowRun } from "./workflow-run.ts";

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly user: string;
  readonly draft: boolean;
  readonly state: "open" | "closed";
  readonly head: { readonly branch: string; readonly sha: string; readonly repository: string };
  readonly base: { readonly branch: string; readonly sha: string };
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt?: Date;
  readonly mergedAt?: Date;
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly prerelease: boolean;
  readonly draft: boolean;
  readonly createdAt: Date;
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  readonly user: string;
  readonly createdAt: Date;
  title: string;
  body: string;
  labels: readonly string[];
  state: "open" | "closed";
  updatedAt: Date;
}

/** A repository's facts. Refs and pull requests remember, so that stale reads can be served; objects never change. */
export interface RepositoryState {
  readonly id: number;
  readonly fullName: string;
  readonly createdAt: Date;
  readonly journal: Journal;
  visibility: "public" | "private";
  defaultBranch: string;
  description: string;
  homepage: string;
  license: string;
  topics: readonly string[];
  readonly commits: Map<string, Commit>;
  readonly tagObjects: Map<string, TagObject>;
  /** Bare branch name to commit sha. */
  readonly branches: TimelineMap<string, string>;
  /** Bare tag name to the sha of a commit or of a tag object. */
  readonly tags: TimelineMap<string, string>;
  readonly pullRequests: TimelineMap<number, PullRequest>;
  readonly releases: Release[];
  /** In the order of their numbers. */
  readonly issues: Issue[];
  /** Of GitHub Actions. */
  cacheUsage: { readonly bytes: number; readonly count: number };
  /** Of GitHub Actions, oldest first. */
  readonly runs: WorkflowRun[];
}

export function repositoryState(id: number, fullName: string, journal: Journal): RepositoryState {
  return {
    id,
    fullName,
    createdAt: journal.now(),
    journal,
    visibility: "private",
    defaultBranch: "main",
    description: "",
    homepage: "",
    license: "",
    topics: [],
    commits: new Map(),
    tagObjects: new Map(),
    branches: timelineMap(),
    tags: timelineMap(),
    pullRequests: timelineMap(),
    releases: [],
    issues: [],
    cacheUsage: { bytes: 0, count: 0 },
    runs: [],
  };
}

/** The commit that a sha (also its first 7 and more), a branch or a tag names, also with `heads/`, `tags/` and `refs/` before it. */
export function resolveCommit(state: RepositoryState, name: string, asOf = newest): Commit | undefined {
  const exact = state.commits.get(name);
  if (exact !== undefined) return exact;
  const ref = name.replace(/^refs\//, "");
  const branch = state.branches.get(ref.replace(/^heads\//, ""), asOf) ?? state.branches.get(name, asOf);
  const tag = state.tags.get(ref.replace(/^tags\//, ""), asOf) ?? state.tags.get(name, asOf);
  const sha = ref.startsWith("tags/") ? (tag ?? branch) : (branch ?? tag);
  if (sha !== undefined) return state.commits.get(state.tagObjects.get(sha)?.object ?? sha);
  if (!/^[0-9a-f]{7,39}$/.test(name)) return undefined;
  const starting = [...state.commits.values()].filter((commit) => commit.sha.startsWith(name));
  return starting.length === 1 ? starting[0] : undefined;
}

/** Shas that a commit reaches, itself included. */
export function reachedFrom(state: RepositoryState, sha: string): ReadonlySet<string> {
  const reached = new Set([sha]);
  for (const next of reached) for (const parent of state.commits.get(next)?.parents ?? []) reached.add(parent);
  return reached;
}
