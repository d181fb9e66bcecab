import { type Answer, json } from "../http-exchange.ts";
import type { PullRequest, RepositoryState } from "../repository-state.ts";
import type { ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { listAnswer } from "./page.ts";
import { fullPullRequestBody, pullRequestBody } from "./pull-request-body.ts";

export const pullRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/pulls",
    kind: "pulls",
    documentation: "rest/pulls/pulls#list-pull-requests",
    permission: "pullRequests",
    ofRepository: listPulls,
  },
  {
    path: "/repos/{owner}/{repo}/pulls/{pull_number}",
    kind: "pull",
    documentation: "rest/pulls/pulls#get-a-pull-request",
    permission: "pullRequests",
    ofRepository: (repository, request) => {
      const found = repository.pullRequests.get(Number(request.parameters.pull_number), request.asOf);
      if (found === undefined) return apiError(404, "Not Found", request.documentation);
      return json(200, fullPullRequestBody(request.url.origin, repository, found));
    },
  },
];

function listPulls(repository: RepositoryState, request: ApiRequest): Answer {
  const query = request.url.searchParams;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const time = (pull: PullRequest) => (query.get("sort") === "updated" ? pull.updatedAt : pull.createdAt).getTime();
  const found = repository.pullRequests
    .entries(request.asOf)
    .map(([, pull]) => pull)
    .filter((pull) => state === "all" || pull.state === state)
    .filter((pull) => head === null || head === `${pull.head.repository.split("/")[0]}:${pull.head.branch}`)
    .filter((pull) => base === null || base === pull.base.branch)
    .sort((a, b) => time(a) - time(b) || a.number - b.number);
  // Newest first unless it is sorted by something or asked otherwise.
  const direction = query.get("direction") ?? (query.get("sort") === "updated" ? "asc" : "desc");
  const ordered = direction === "asc" ? found : found.reverse();
  return listAnswer(ordered, request.url, (pull) => pullRequestBody(request.url.origin, repository, pull));
}
