import { gitHubDate } from "../git-object.ts";
import type { PullRequest, RepositoryState } from "../repository-state.ts";
import { repositoryBody } from "./repository-body.ts";
import { nodeId, userBody } from "./user-body.ts";

/** GitHub's `pull-request-simple`, as of the list. */
export function pullRequestBody(origin: string, repository: RepositoryState, pull: PullRequest) {
  const api = `${origin}/repos/${repository.fullName}`;
  const url = `${api}/pulls/${pull.number}`;
  const html = `${origin}/${repository.fullName}/pull/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const statuses = `${api}/statuses/${pull.head.sha}`;
  const side = (fullName: string, branch: string, sha: string) => {
    const owner = fullName.split("/")[0] ?? "";
    const type = fullName === repository.fullName ? "Organization" : "User";
    return {
      label: `${owner}:${branch}`,
      ref: branch,
      sha,
      user: userBody(origin, owner, type),
      repo: repositoryBody(origin, repository, fullName),
    };
  };
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userBody(origin, pull.user),
    body: null,
    created_at: gitHubDate(pull.createdAt),
    updated_at: gitHubDate(pull.updatedAt),
    closed_at: pull.closedAt === undefined ? null : gitHubDate(pull.closedAt),
    merged_at: pull.mergedAt === undefined ? null : gitHubDate(pull.mergedAt),
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: statuses,
    head: side(pull.head.repository, pull.head.branch, pull.head.sha),
    base: side(repository.fullName, pull.base.branch, pull.base.sha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: "CONTRIBUTOR",
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** GitHub's `pull-request`, as of a single one. */
export function fullPullRequestBody(origin: string, repository: RepositoryState, pull: PullRequest) {
  const merged = pull.mergedAt !== undefined;
  return {
    ...pullRequestBody(origin, repository, pull),
    merged,
    mergeable: pull.state === "open" ? true : null,
    rebaseable: pull.state === "open" ? true : null,
    mergeable_state: pull.state === "open" ? "clean" : "unknown",
    merged_by: merged ? userBody(origin, pull.user) : null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: 0,
  };
}
