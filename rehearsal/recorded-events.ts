import type { ProductRepository } from "./product-repository.ts";
import type { RecordedEvent } from "./runner/event.ts";
import type { PlainMap } from "./runner/expressions.ts";

/** Payloads as GitHub sends them: https://docs.github.com/webhooks/webhook-events-and-payloads */
export interface RecordedEvents {
  /** A push of a branch. */
  push(branch: string, sha: string): Promise<RecordedEvent>;
  pushTag(tag: string, sha: string): Promise<RecordedEvent>;
  pullRequest(about: PullRequestEvent): Promise<RecordedEvent>;
  /** A run by cron, on the default branch. */
  schedule(cron: string, sha: string): Promise<RecordedEvent>;
  dispatch(inputs: Readonly<Record<string, string>>, sha: string): Promise<RecordedEvent>;
}

export interface PullRequestEvent {
  /** `closed` is by a merge: then GitHub's ref is the base branch. */
  readonly action: "opened" | "synchronize" | "closed";
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  readonly head: string;
  readonly base: string;
  /** `owner/name` of a fork. */
  readonly fork?: string;
}

const zero = "0".repeat(40);

export function recordedEvents(product: ProductRepository, serverUrl: string): RecordedEvents {
  const describe = (fullName: string, fork: boolean): PlainMap => ({
    id: fork ? 2 : 1,
    name: fullName.split("/")[1] ?? "",
    full_name: fullName,
    private: false,
    fork,
    owner: { login: fullName.split("/")[0] ?? "", type: "Organization" },
    html_url: `${serverUrl}/${fullName}`,
    description: "The product of the rehearsal",
    default_branch: "main",
    license: { key: "mit", spdx_id: "MIT", name: "MIT License" },
  });
  const common = { repository: describe(product.fullName, false), sender: { login: "ada", type: "User" } };
  const headCommit = async (sha: string): Promise<PlainMap> => ({
    id: sha,
    timestamp: await product.date(sha),
    message: "As recorded",
    author: { name: "Ada", email: "ada@example.com" },
  });
  const run = { headRef: "", baseRef: "", actor: "ada", untrusted: false };
  const pushRef = async (ref: string, sha: string): Promise<RecordedEvent> => ({
    ...run,
    name: "push",
    ref,
    sha,
    payload: {
      ...common,
      ref,
      before: zero,
      after: sha,
      created: true,
      deleted: false,
      head_commit: await headCommit(sha),
    },
  });

  return {
    push: (branch, sha) => pushRef(`refs/heads/${branch}`, sha),
    pushTag: (tag, sha) => pushRef(`refs/tags/${tag}`, sha),
    async pullRequest({ action, number, title, branch, head, base, fork }) {
      const merged = action === "closed";
      const ref = merged ? "refs/heads/main" : `refs/pull/${number}/merge`;
      const from = describe(fork ?? product.fullName, fork !== undefined);
      const pullRequest: PlainMap = {
        number,
        title,
        state: merged ? "closed" : "open",
        draft: false,
        merged,
        html_url: `${serverUrl}/${product.fullName}/pull/${number}`,
        user: { login: fork === undefined ? "ada" : "stranger" },
        head: { ref: branch, sha: head, label: `${fork === undefined ? "acme" : "stranger"}:${branch}`, repo: from },
        base: { ref: "main", sha: base, label: "acme:main", repo: common.repository },
      };
      return {
        name: "pull_request",
        ref,
        // GitHub's own commit: nothing of it may ever appear in a name.
        sha: merged ? base : await product.pullRequestMerge(number, head, base),
        headRef: branch,
        baseRef: "main",
        actor: fork === undefined ? "ada" : "stranger",
        untrusted: fork !== undefined,
        payload: { ...common, action, number, pull_request: pullRequest },
      };
    },
    schedule: async (cron, sha) => ({
      ...run,
      name: "schedule",
      ref: "refs/heads/main",
      sha,
      payload: { ...common, schedule: cron },
    }),
    dispatch: async (inputs, sha) => ({
      ...run,
      name: "workflow_dispatch",
      ref: "refs/heads/main",
      sha,
      payload: { ...common, inputs, ref: "refs/heads/main", workflow: ".github/workflows/rebuild.yml" },
    }),
  };
}
