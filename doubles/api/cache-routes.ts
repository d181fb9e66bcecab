import { json } from "../http-exchange.ts";
import type { ApiRoute } from "./api-context.ts";

/** https://docs.github.com/en/rest/actions/cache */
export const cacheRoutes: readonly ApiRoute[] = [
  {
    path: "/repos/{owner}/{repo}/actions/cache/usage",
    kind: "cache-usage",
    documentation: "rest/actions/cache#get-github-actions-cache-usage-for-a-repository",
    permission: "actions",
    ofRepository: ({ fullName, cacheUsage }) =>
      json(200, {
        full_name: fullName,
        active_caches_size_in_bytes: cacheUsage.bytes,
        active_caches_count: cacheUsage.count,
      }),
  },
];
