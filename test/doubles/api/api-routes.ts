import type { Answer, Received } from "../http-exchange.ts";
import type { ApiKind } from "../request-kind.ts";
import { reaches, type TokenStore } from "../tokens.ts";
import { accountRoutes } from "./account-routes.ts";
import type { ApiContext, ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { branchRoutes } from "./branch-routes.ts";
import { commitRoutes } from "./commit-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import type { RateHour } from "./rate-limit.ts";
import { rateHeaders, rateOf, spendOne } from "./rate-limit.ts";
import { refRoutes } from "./ref-routes.ts";
import { releaseRoutes } from "./release-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";

const routes: readonly ApiRoute[] = [
  ...repositoryRoutes,
  ...refRoutes,
  ...commitRoutes,
  ...branchRoutes,
  ...pullRoutes,
  ...releaseRoutes,
  ...accountRoutes,
];

/** Names of refs take slashes: `heads/feature/x` comes both raw and percent-encoded. */
const withSlashes: readonly string[] = ["ref", "basehead", "branch"];

const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

export interface MatchedApiRoute {
  readonly kind: ApiKind;
  /** Its path in GitHub's OpenAPI description; `undefined` where no route matches. */
  readonly path: string | undefined;
  readonly answer: (context: ApiContext, tokens: TokenStore, hour: RateHour, request: Received) => Answer;
}

export function matchApiRoute(method: string, pathname: string): MatchedApiRoute {
  for (const { route, pattern } of patterns) {
    const match = method === "GET" || method === "HEAD" ? pattern.exec(pathname) : null;
    if (match === null) continue;
    const parameters = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]),
    );
    return {
      kind: route.kind,
      path: route.path,
      answer: (context, tokens, hour, request) =>
        authenticated(route.documentation, tokens, hour, { ...request, parameters }, (known) =>
          answerRoute(route, context, known),
        ),
    };
  }
  return {
    kind: "unknown-api",
    path: undefined,
    answer: (_context, tokens, hour, request) =>
      authenticated("rest", tokens, hour, { ...request, parameters: {} }, () => apiError(404, "Not Found")),
  };
}

function patternOf(path: string): RegExp {
  const parameter = (_all: string, name: string) => `(?<${name}>${withSlashes.includes(name) ? ".+" : "[^/]+"})`;
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, parameter)}$`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Bad credentials end it here; others are counted, and answered with what is left of their limit. */
function authenticated(
  documentation: string,
  tokens: TokenStore,
  hour: RateHour,
  request: Omit<ApiRequest, "token" | "documentation" | "hour">,
  answer: (request: ApiRequest) => Answer,
): Answer {
  const bearer = tokens.readGitHub(request.headers.authorization);
  if (bearer.type === "refused" || bearer.type === "expired") return apiError(401, "Bad credentials");
  const token = bearer.type === "known" ? bearer.token : undefined;
  // Asking for one's limits costs nothing.
  const allowed = request.url.pathname === "/rate_limit" || spendOne(token, hour);
  const given = allowed ? answer({ ...request, token, documentation, hour }) : exhausted(token?.user);
  return { ...given, headers: { ...given.headers, ...rateHeaders(rateOf(token, hour)) } };
}

function exhausted(user: string | undefined): Answer {
  const who = user === undefined ? "127.0.0.1" : `installation ID for ${user}`;
  const page = "rest/using-the-rest-api/rate-limits-for-the-rest-api";
  return apiError(403, `API rate limit exceeded for ${who}.`, page);
}

function answerRoute(route: ApiRoute, context: ApiContext, request: ApiRequest): Answer {
  if ("handle" in route) return route.handle(context, request);
  const { token, parameters } = request;
  const repository = context.find(`${parameters.owner}/${parameters.repo}`);
  if (repository === undefined) return apiError(404, "Not Found", request.documentation);
  if (repository.visibility === "private") {
    // Nobody learns that a private repository exists.
    if (token === undefined || !reaches(token, repository.fullName)) {
      return apiError(404, "Not Found", request.documentation);
    }
    if (route.permission !== "metadata" && token[route.permission] === "none") {
      return token.type === "personal"
        ? apiError(404, "Not Found", request.documentation)
        : apiError(403, "Resource not accessible by integration", request.documentation, {
            "x-accepted-github-permissions": route.permission === "contents" ? "contents=read" : "pull_requests=read",
          });
    }
  }
  return route.ofRepository(repository, request);
}
