import { gitHubDate } from "../git-object.ts";
import type { RepositoryState } from "../repository-state.ts";
import { nodeId, userBody } from "./user-body.ts";

/** The addresses that every body of a repository carries, by their name without `_url`. */
const addresses: Readonly<Record<string, string>> = {
  archive: "/{archive_format}{/ref}",
  assignees: "/assignees{/user}",
  blobs: "/git/blobs{/sha}",
  branches: "/branches{/branch}",
  collaborators: "/collaborators{/collaborator}",
  comments: "/comments{/number}",
  commits: "/commits{/sha}",
  compare: "/compare/{base}...{head}",
  contents: "/contents/{+path}",
  contributors: "/contributors",
  deployments: "/deployments",
  downloads: "/downloads",
  events: "/events",
  forks: "/forks",
  git_commits: "/git/commits{/sha}",
  git_refs: "/git/refs{/sha}",
  git_tags: "/git/tags{/sha}",
  hooks: "/hooks",
  issue_comment: "/issues/comments{/number}",
  issue_events: "/issues/events{/number}",
  issues: "/issues{/number}",
  keys: "/keys{/key_id}",
  labels: "/labels{/name}",
  languages: "/languages",
  merges: "/merges",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  pulls: "/pulls{/number}",
  releases: "/releases{/id}",
  stargazers: "/stargazers",
  statuses: "/statuses/{sha}",
  subscribers: "/subscribers",
  subscription: "/subscription",
  tags: "/tags",
  teams: "/teams",
  trees: "/git/trees{/sha}",
};

/** GitHub's `repository`, as pull requests carry it. With another name it is a fork. */
export function repositoryBody(origin: string, state: RepositoryState, fullName = state.fullName) {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `${origin}/repos/${fullName}`;
  const html = `${origin}/${fullName}`;
  const created = gitHubDate(state.createdAt);
  const id = fullName === state.fullName ? state.id : state.id + 1_000_000;
  return {
    id,
    node_id: nodeId("R", id),
    name,
    full_name: fullName,
    private: state.visibility === "private",
    owner: userBody(origin, owner, fullName === state.fullName ? "Organization" : "User"),
    html_url: html,
    description: state.description || null,
    fork: fullName !== state.fullName,
    url,
    ...Object.fromEntries(Object.entries(addresses).map(([word, path]) => [`${word}_url`, `${url}${path}`])),
    git_url: `git://${html.replace(/^https?:\/\//, "")}.git`,
    ssh_url: `git@${new URL(origin).hostname}:${fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: state.homepage || null,
    language: null,
    license: state.license === "" ? null : licenseBody(state.license),
    topics: state.topics,
    visibility: state.visibility,
    default_branch: state.defaultBranch,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    size: 0,
    has_downloads: true,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    created_at: created,
    updated_at: created,
    pushed_at: created,
  };
}

/** GitHub's `full-repository`. */
export function fullRepositoryBody(origin: string, state: RepositoryState) {
  return {
    ...repositoryBody(origin, state),
    organization: userBody(origin, state.fullName.split("/")[0] ?? "", "Organization"),
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    network_count: 0,
    subscribers_count: 0,
  };
}

function licenseBody(spdx: string) {
  const key = spdx.toLowerCase();
  return {
    key,
    name: `${spdx} License`,
    spdx_id: spdx,
    url: `https://api.github.com/licenses/${key}`,
    node_id: nodeId("L", key),
  };
}
