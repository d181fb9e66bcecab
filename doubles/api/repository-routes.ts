import { json } from "../http-exchange.ts";
import type { ApiRoute } from "./api-context.ts";
import { fullRepositoryBody } from "./repository-body.ts";

export const repositoryRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}",
    kind: "repository",
    documentation: "rest/repos/repos#get-a-repository",
    permission: "metadata",
    ofRepository: (repository, request) => json(200, fullRepositoryBody(request.url.origin, repository)),
  },
];
