import { type Answer, json } from "../http-exchange.ts";
import { type RepositoryState, reachedFrom, resolveCommit } from "../repository-state.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { commitBody, gitCommitBody } from "./commit-body.ts";
import { page } from "./page.ts";

export const commitRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head",
    kind: "commit",
    documentation: "rest/commits/commits#list-branches-for-head-commit",
    permission: "contents",
    ofRepository: branchesWhereHead,
  },
  {
    path: "/repos/{owner}/{repo}/commits/{ref}",
    kind: "commit",
    documentation: "rest/commits/commits#get-a-commit",
    permission: "contents",
    ofRepository: getCommit,
  },
  {
    path: "/repos/{owner}/{repo}/git/commits/{commit_sha}",
    kind: "git-commit",
    documentation: "rest/git/commits#get-a-commit-object",
    permission: "contents",
    ofRepository: (repository, request) => {
      const commit = repository.commits.get(request.parameters.commit_sha ?? "");
      if (commit === undefined) return apiError(404, "Not Found", request.documentation);
      return json(200, gitCommitBody(request.url.origin, repository.fullName, commit));
    },
  },
  {
    path: "/repos/{owner}/{repo}/compare/{basehead}",
    kind: "compare",
    documentation: "rest/commits/commits#compare-two-commits",
    permission: "contents",
    ofRepository: compare,
  },
];

/** Commits of forks are in the network's one store, but are no branch's head here. */
function branchesWhereHead(repository: RepositoryState, request: ApiRequest): Answer {
  const sha = request.parameters.commit_sha ?? "";
  if (!repository.commits.has(sha)) return apiError(422, `No commit found for SHA: ${sha}`, request.documentation);
  const url = `${request.url.origin}/repos/${repository.fullName}/commits/${sha}`;
  const heads = repository.branches.entries(request.asOf).filter(([, head]) => head === sha);
  return json(
    200,
    heads.map(([name]) => ({ name, commit: { sha, url }, protected: false })),
  );
}

function getCommit(repository: RepositoryState, request: ApiRequest): Answer {
  const ref = request.parameters.ref ?? "";
  if (repository.commits.size === 0) return apiError(409, "Git Repository is empty.", request.documentation);
  const commit = resolveCommit(repository, ref, request.asOf);
  if (commit === undefined) return apiError(422, `No commit found for SHA: ${ref}`, request.documentation);
  return json(200, {
    ...commitBody(request.url.origin, repository.fullName, commit),
    stats: { total: 0, additions: 0, deletions: 0 },
    files: [],
  });
}

/** Commits and their order as `git log base..head`, oldest first. */
function compare(repository: RepositoryState, request: ApiRequest): Answer {
  const origin = request.url.origin;
  const [baseName = "", headName = ""] = (request.parameters.basehead ?? "").split("...");
  // `owner:ref` names a fork of the network; its commits are here too.
  const find = (name: string) => resolveCommit(repository, name.replace(/^[^:]*:/, ""), request.asOf);
  const base = find(baseName);
  const head = find(headName);
  if (base === undefined || head === undefined) return apiError(404, "Not Found", request.documentation);
  const ofBase = reachedFrom(repository, base.sha);
  const ofHead = reachedFrom(repository, head.sha);
  // Of the shared commits, one that no other shared commit has behind it.
  const shared = [...ofHead].filter((sha) => ofBase.has(sha));
  const behindShared = new Set(shared.flatMap((sha) => repository.commits.get(sha)?.parents ?? []));
  const mergeCommit = repository.commits.get(shared.find((sha) => !behindShared.has(sha)) ?? "");
  if (mergeCommit === undefined) {
    const message = `No common ancestor between ${baseName} and ${headName}.`;
    return apiError(404, message, request.documentation);
  }
  const ahead = [...ofHead].filter((sha) => !ofBase.has(sha)).reverse();
  const behind = [...ofBase].filter((sha) => !ofHead.has(sha));
  const commits = ahead.flatMap((sha) => repository.commits.get(sha) ?? []);
  const paged = page(commits, request.url, 250, 250);
  const html = `${origin}/${repository.fullName}/compare/${encodeURIComponent(baseName)}...${encodeURIComponent(headName)}`;
  return json(
    200,
    {
      url: `${origin}${request.url.pathname}`,
      html_url: html,
      permalink_url: `${origin}/${repository.fullName}/compare/${base.sha.slice(0, 7)}...${head.sha.slice(0, 7)}`,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitBody(origin, repository.fullName, base),
      merge_base_commit: commitBody(origin, repository.fullName, mergeCommit),
      status: compareStatus(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: paged.items.map((commit) => commitBody(origin, repository.fullName, commit)),
      files: [],
    },
    paged.headers,
  );
}

function compareStatus(ahead: number, behind: number): "identical" | "ahead" | "behind" | "diverged" {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}
