import type { EventContext } from "@longshore/tagging";

/** The commit of the examples. */
export const sha = "abc1234def5678901234567890abcdef12345678";
/** The merge commit that GitHub makes up for a pull request; no image is ever named after it. */
export const mergeSha = "fffffff000000000000000000000000000000001";

type Payload = Record<string, unknown>;

/** The `repository` object as webhooks carry it, shortened to what could be read. */
export const repository = {
  id: 186853002,
  name: "App",
  full_name: "Acme/App",
  private: false,
  owner: { login: "Acme", id: 21031067, type: "Organization" },
  html_url: "https://github.com/Acme/App",
  description: "Ships\nboxes",
  fork: false,
  homepage: null,
  license: { key: "mit", name: "MIT License", spdx_id: "MIT", url: "https://api.github.com/licenses/mit" },
  visibility: "public",
  default_branch: "main",
};

/** An event of `Acme/App`, started by a person. */
export function event(eventName: string, payload: unknown, context: Partial<EventContext> = {}): EventContext {
  return {
    eventName,
    payload,
    ref: "refs/heads/main",
    sha,
    repository: "Acme/App",
    actor: "octocat",
    serverUrl: "https://github.com",
    ...context,
  };
}

/** A pull request from a branch of the same repository, opened. */
export function pullRequest(
  change: Payload = {},
  head: Payload = {},
  context: Partial<EventContext> = {},
): EventContext {
  const payload = {
    action: "opened",
    number: 12,
    pull_request: {
      number: 12,
      state: "open",
      merged: false,
      draft: false,
      title: "Add a feature",
      user: { login: "octocat" },
      head: { label: "Acme:feature/x", ref: "feature/x", sha, repo: { full_name: "Acme/App", fork: false }, ...head },
      base: { ref: "main", sha: "0123456789012345678901234567890123456789", repo: repository },
      ...change,
    },
    repository,
  };
  return event("pull_request", payload, { ref: "refs/pull/12/merge", sha: mergeSha, ...context });
}

/** The same, from a fork. */
export const fork = { label: "mallory:feature/x", repo: { full_name: "mallory/App", fork: true } };

/** A push of a branch or tag, `GITHUB_REF` and all. */
export function push(ref: string, change: Payload = {}, context: Partial<EventContext> = {}): EventContext {
  const payload = {
    ref,
    before: "0".repeat(40),
    after: sha,
    created: true,
    deleted: false,
    forced: false,
    head_commit: { id: sha, message: "Add a feature", timestamp: "2024-06-28T16:30:22+02:00" },
    repository,
    ...change,
  };
  return event("push", payload, { ref, ...context });
}

/** A GitHub release, published. */
export function release(tag: string, change: Payload = {}, action = "published"): EventContext {
  const payload = {
    action,
    release: { tag_name: tag, target_commitish: "main", draft: false, prerelease: false, created_at: null, ...change },
    repository,
  };
  return event("release", payload, { ref: `refs/tags/${tag}` });
}

/** A merge group that wants checks. The sha in the branch's name is the base's, not the head's. */
export function mergeGroup(change: Payload = {}, action = "checks_requested"): EventContext {
  const headRef = `refs/heads/gh-readonly-queue/main/pr-34-0123456789012345678901234567890123456789`;
  const payload = {
    action,
    merge_group: {
      head_sha: sha,
      head_ref: headRef,
      base_sha: "0123456789012345678901234567890123456789",
      base_ref: "refs/heads/main",
      head_commit: { id: sha, timestamp: "2024-06-28T14:30:22Z" },
      ...change,
    },
    repository,
  };
  return event("merge_group", payload, { ref: headRef });
}

/** A completed run of another workflow of the same repository. */
export function workflowRun(change: Payload = {}, headRepository: unknown = { full_name: "Acme/App" }): EventContext {
  const payload = {
    action: "completed",
    workflow_run: {
      id: 30433642,
      event: "push",
      head_branch: "feature/x",
      head_sha: sha,
      head_commit: { id: sha, timestamp: "2024-06-28T14:30:22Z" },
      head_repository: headRepository,
      pull_requests: [],
      conclusion: "success",
      ...change,
    },
    repository,
  };
  return event("workflow_run", payload, { sha: mergeSha });
}
