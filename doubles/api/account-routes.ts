import { json } from "../http-exchange.ts";
import type { ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { userBody } from "./user-body.ts";

/** Accounts, and the caller's own limits. */
export const accountRoutes: readonly ApiRoute[] = [
  {
    path: "/users/{username}",
    kind: "user",
    documentation: "rest/users/users#get-a-user",
    handle: (context, request) => {
      const login = request.parameters.username ?? "";
      const type = context.ownerType(login);
      if (type === undefined) return apiError(404, "Not Found", request.documentation);
      const at = "2020-01-01T00:00:00Z";
      return json(200, {
        ...userBody(request.url.origin, login, type),
        name: login,
        company: null,
        blog: "",
        location: null,
        email: null,
        hireable: null,
        bio: null,
        public_repos: 1,
        public_gists: 0,
        followers: 0,
        following: 0,
        created_at: at,
        updated_at: at,
      });
    },
  },
  {
    path: "/rate_limit",
    kind: "rate-limit",
    documentation: "rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user",
    handle: (_context, request) => {
      const core = request.limits.rate(request.token);
      const search = { limit: 30, remaining: 30, reset: core.reset, used: 0 };
      return json(200, { resources: { core, search }, rate: core });
    },
  },
];
