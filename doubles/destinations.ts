import type { ApiContext } from "./api/api-context.ts";
import { matchApiRoute } from "./api/api-routes.ts";
import type { ApiLimits } from "./api/rate-limit.ts";
import { type Answer, json } from "./http-exchange.ts";
import { answerLog, isLogPath } from "./job-logs.ts";
import type { RegistryContext } from "./registry/registry-context.ts";
import { isRegistryPath, matchRegistryRoute } from "./registry/registry-routes.ts";
import type { Destination } from "./serve-requests.ts";

/** Says what differs from GitHub's published schema; `undefined` where nothing does. */
export type AnswerCheck = (method: string, path: string, answer: Answer) => string | undefined;

export interface Sides {
  readonly registry: RegistryContext;
  readonly api: ApiContext;
  readonly limits: ApiLimits;
  readonly check: AnswerCheck | undefined;
}

/** Finds who answers a request: the registry, the storage of logs, or the API. */
export function destinations(sides: Sides): (method: string, pathname: string) => Destination {
  return (method, pathname) => {
    if (isRegistryPath(pathname)) {
      const route = matchRegistryRoute(method, pathname);
      return { side: "registry", kind: route.kind, answer: (request) => route.answer(sides.registry, request) };
    }
    if (isLogPath(pathname)) {
      return { side: "api", kind: "log-download", answer: async (request) => answerLog(sides.api, request) };
    }
    const route = matchApiRoute(method, pathname);
    return {
      side: "api",
      kind: route.kind,
      answer: async (request) => {
        const answer = await route.answer(sides.api, sides.registry.tokens, sides.limits, request);
        const problem = route.path === undefined ? undefined : sides.check?.(method, route.path, answer);
        return problem === undefined ? answer : json(500, { message: `Not as GitHub's schema says: ${problem}` });
      },
    };
  };
}
