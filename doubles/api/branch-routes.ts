import { type Answer, json } from "../http-exchange.ts";
import { type RepositoryState, resolveCommit } from "../repository-state.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { commitBody } from "./commit-body.ts";
import { listAnswer } from "./page.ts";

export const branchRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/branches",
    kind: "branches",
    documentation: "rest/branches/branches#list-branches",
    permission: "contents",
    ofRepository: listBranches,
  },
  {
    path: "/repos/{owner}/{repo}/branches/{branch}",
    kind: "branch",
    documentation: "rest/branches/branches#get-a-branch",
    permission: "contents",
    ofRepository: getBranch,
  },
];

function listBranches(repository: RepositoryState, request: ApiRequest): Answer {
  const url = `${request.url.origin}/repos/${repository.fullName}`;
  const branches = [...repository.branches.entries(request.asOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return listAnswer(branches, request.url, ([name, sha]) => ({
    name,
    commit: { sha, url: `${url}/commits/${sha}` },
    protected: false,
  }));
}

function getBranch(repository: RepositoryState, request: ApiRequest): Answer {
  const name = request.parameters.branch ?? "";
  const sha = repository.branches.get(name, request.asOf);
  const commit = sha === undefined ? undefined : resolveCommit(repository, sha);
  if (commit === undefined) return apiError(404, "Branch not found", request.documentation);
  const self = `${request.url.origin}/repos/${repository.fullName}/branches/${encodeURIComponent(name)}`;
  return json(200, {
    name,
    commit: commitBody(request.url.origin, repository.fullName, commit),
    _links: { self, html: `${request.url.origin}/${repository.fullName}/tree/${encodeURI(name)}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  });
}
