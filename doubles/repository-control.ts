import { type Commit, emptyTree, gitHubDate, hashCommit, hashTag } from "./git-object.ts";
import { readGit } from "./read-git.ts";
import type { PullRequestInput, RepositoryDouble } from "./repository-double.ts";
import { type PullRequest, type RepositoryState, resolveCommit } from "./repository-state.ts";
import { workflowRun } from "./workflow-run.ts";

const octocat = { name: "The Octocat", email: "octocat@users.noreply.github.com" };

/** What tests change a repository by. */
export function repositoryControl(state: RepositoryState): RepositoryDouble {
  const { journal } = state;
  const now = () => journal.now();
  const known = (sha: string): Commit => {
    const commit = resolveCommit(state, sha);
    if (commit === undefined) throw new Error(`${state.fullName} has no commit ${sha}: add it first.`);
    return commit;
  };
  const pullRequest = (number: number): PullRequest => {
    const known = state.pullRequests.get(number);
    if (known === undefined) throw new Error(`${state.fullName} has no pull request ${number}.`);
    return known;
  };
  let loaded = false;

  return {
    fullName: state.fullName,
    setDefaultBranch: (name) => {
      state.defaultBranch = name;
    },
    setVisibility: (visibility) => {
      state.visibility = visibility;
    },
    describe: (about) => {
      Object.assign(state, about);
    },
    addCommit: ({ sha, parents = [], date, message = "Change something" } = {}) => {
      const person = { ...octocat, date: gitHubDate(date ?? now()) };
      const content = {
        tree: emptyTree,
        parents: parents.map((parent) => known(parent).sha),
        author: person,
        committer: person,
        message,
      };
      const commit = { ...content, sha: sha ?? hashCommit(content) };
      state.commits.set(commit.sha, commit);
      return commit.sha;
    },
    setBranch: (name, sha) => state.branches.set(journal.tick(), name, known(sha).sha),
    deleteBranch: (name) => state.branches.set(journal.tick(), name, undefined),
    setTag: (name, sha, annotation) => {
      const commit = known(sha);
      const named = annotation === undefined ? commit.sha : addTagObject(state, name, commit.sha, annotation.message);
      state.tags.set(journal.tick(), name, named);
      return named;
    },
    deleteTag: (name) => state.tags.set(journal.tick(), name, undefined),
    openPullRequest: (input) => {
      const opened = newPullRequest(state, input, known(input.head.sha).sha);
      const isFork = opened.head.repository !== state.fullName;
      if (!isFork) state.branches.set(journal.tick(), opened.head.branch, opened.head.sha);
      state.pullRequests.set(journal.tick(), opened.number, opened);
      return opened.number;
    },
    pushToPullRequest: (number, sha) => {
      const known = pullRequest(number);
      const isFork = known.head.repository !== state.fullName;
      if (!isFork) state.branches.set(journal.tick(), known.head.branch, sha);
      const head = { ...known.head, sha };
      state.pullRequests.set(journal.tick(), number, { ...known, head, updatedAt: now() });
    },
    closePullRequest: (number, { merged } = { merged: false }) => {
      const at = now();
      const ended = { state: "closed" as const, closedAt: at, updatedAt: at, ...(merged ? { mergedAt: at } : {}) };
      state.pullRequests.set(journal.tick(), number, { ...pullRequest(number), ...ended });
    },
    addRelease: ({ tag, prerelease = false, draft = false }) => {
      state.releases.unshift({ id: state.releases.length + 1, tag, prerelease, draft, createdAt: now() });
    },
    issues: () => structuredClone(state.issues),
    setCacheUsage: (usage) => {
      state.cacheUsage = usage;
    },
    addRun: (input) => {
      const number = state.runs.length + 1;
      state.runs.push(workflowRun(state.id * 100_000 + number, number, now(), input));
    },
    loadGit: async (path) => {
      const content = await readGit(path);
      for (const commit of content.commits) state.commits.set(commit.sha, commit);
      for (const tag of content.tagObjects) state.tagObjects.set(tag.sha, tag);
      replaceAll(state, "branches", content.branches);
      replaceAll(state, "tags", content.tags);
      if (!loaded && content.head !== undefined) state.defaultBranch = content.head;
      loaded = true;
    },
  };
}

function addTagObject(state: RepositoryState, tag: string, object: string, message: string): string {
  const content = { tag, object, message, tagger: { ...octocat, date: gitHubDate(state.journal.now()) } };
  const sha = hashTag(content);
  state.tagObjects.set(sha, { ...content, sha });
  return sha;
}

function newPullRequest(state: RepositoryState, input: PullRequestInput, sha: string): PullRequest {
  const used = state.pullRequests.entries().map(([number]) => number);
  const number = input.number ?? Math.max(0, ...used) + 1;
  const branch = input.base ?? state.defaultBranch;
  const base = state.branches.get(branch);
  if (base === undefined) throw new Error(`${state.fullName} has no branch ${branch} to open a pull request against.`);
  const at = state.journal.now();
  return {
    id: state.id * 100_000 + number,
    number,
    title: input.title ?? `Merge ${input.head.branch}`,
    user: input.user ?? "octocat",
    draft: input.draft ?? false,
    state: "open",
    head: { branch: input.head.branch, sha, repository: input.head.repository ?? state.fullName },
    base: { branch, sha: base },
    createdAt: at,
    updatedAt: at,
  };
}

/** Sets the refs of a real checkout; what is gone there goes. */
function replaceAll(state: RepositoryState, refs: "branches" | "tags", real: ReadonlyMap<string, string>): void {
  for (const [name] of state[refs].entries()) {
    if (!real.has(name)) state[refs].set(state.journal.tick(), name, undefined);
  }
  for (const [name, sha] of real) {
    if (state[refs].get(name) !== sha) state[refs].set(state.journal.tick(), name, sha);
  }
}
