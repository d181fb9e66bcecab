import type { Answer, Received } from "../http-exchange.ts";
import type { ApiKind } from "../request-kind.ts";
import type { Access } from "../token-options.ts";
import { reaches, type TokenStore } from "../tokens.ts";
import { accountRoutes } from "./account-routes.ts";
import type { ApiContext, ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError, secondaryLimitMessage } from "./api-error.ts";
import { branchRoutes } from "./branch-routes.ts";
import { cacheRoutes } from "./cache-routes.ts";
import { commitRoutes } from "./commit-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { packageRoutes } from "./package-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { type ApiLimits, type LimitReached, rateHeaders } from "./rate-limit.ts";
import { refRoutes } from "./ref-routes.ts";
import { releaseRoutes } from "./release-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import { runRoutes } from "./run-routes.ts";

const routes: readonly ApiRoute[] = [
  ...repositoryRoutes,
  ...refRoutes,
  ...commitRoutes,
  ...branchRoutes,
  ...pullRoutes,
  ...releaseRoutes,
  ...issueRoutes,
  ...cacheRoutes,
  ...runRoutes,
  ...packageRoutes,
  ...accountRoutes,
];

/** Names of refs take slashes: `heads/feature/x` comes both raw and percent-encoded. */
const withSlashes: readonly string[] = ["ref", "basehead", "branch"];

const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

export interface MatchedApiRoute {
  readonly kind: ApiKind;
  /** Its path in GitHub's OpenAPI description; `undefined` where no route matches. */
  readonly path: string | undefined;
  readonly answer: (context: ApiContext, tokens: TokenStore, limits: ApiLimits, request: Received) => Promise<Answer>;
}

export function matchApiRoute(method: string, pathname: string): MatchedApiRoute {
  for (const { route, pattern } of patterns) {
    const match = (route.method ?? "GET") === (method === "HEAD" ? "GET" : method) ? pattern.exec(pathname) : null;
    if (match === null) continue;
    const parameters = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]),
    );
    return {
      kind: route.kind,
      path: route.path,
      answer: (context, tokens, limits, request) =>
        authenticated(route.documentation, tokens, limits, { ...request, parameters }, (known) =>
          answerRoute(route, context, known),
        ),
    };
  }
  return {
    kind: "unknown-api",
    path: undefined,
    answer: (_context, tokens, limits, request) =>
      authenticated("rest", tokens, limits, { ...request, parameters: {} }, () => apiError(404, "Not Found")),
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
async function authenticated(
  documentation: string,
  tokens: TokenStore,
  limits: ApiLimits,
  request: Omit<ApiRequest, "token" | "documentation" | "limits">,
  answer: (request: ApiRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const bearer = tokens.readGitHub(request.headers.authorization);
  if (bearer.type === "refused" || bearer.type === "expired") return apiError(401, "Bad credentials");
  const token = bearer.type === "known" ? bearer.token : undefined;
  // Asking for one's limits costs nothing.
  const reached = request.url.pathname === "/rate_limit" ? undefined : limits.spend(token, request.method);
  const given =
    reached === undefined ? await answer({ ...request, token, documentation, limits }) : limited(reached, token?.user);
  return { ...given, headers: { ...given.headers, ...rateHeaders(limits.rate(token)), ...scopeHeaders(token) } };
}

function limited(reached: LimitReached, user: string | undefined): Answer {
  const page = "rest/using-the-rest-api/rate-limits-for-the-rest-api";
  if (reached.limit === "secondary") {
    const headers = { "retry-after": String(reached.retryAfter) };
    return apiError(reached.status, secondaryLimitMessage, page, headers);
  }
  const who = user === undefined ? "127.0.0.1" : `installation ID for ${user}`;
  return apiError(reached.status, `API rate limit exceeded for ${who}.`, page);
}

/** What GitHub tells of a classic token with every answer. */
function scopeHeaders(token: ApiRequest["token"]): Readonly<Record<string, string>> {
  if (token?.type !== "personal") return {};
  const packages = { none: [], read: ["read:packages"], write: ["read:packages", "write:packages"] }[token.packages];
  return { "x-oauth-scopes": ["repo", ...packages, ...(token.deletesPackages ? ["delete:packages"] : [])].join(", ") };
}

const permissionNames = { contents: "contents", pullRequests: "pull_requests", issues: "issues", actions: "actions" };

function answerRoute(route: ApiRoute, context: ApiContext, request: ApiRequest): Answer | Promise<Answer> {
  if ("handle" in route) return route.handle(context, request);
  const { token, parameters } = request;
  const repository = context.find(`${parameters.owner}/${parameters.repo}`);
  if (repository === undefined) return apiError(404, "Not Found", request.documentation);
  if (repository.visibility === "private") {
    // Nobody learns that a private repository exists.
    if (token === undefined || !reaches(token, repository.fullName)) {
      return apiError(404, "Not Found", request.documentation);
    }
  }
  const needed = route.method === undefined ? "read" : "write";
  const asks = repository.visibility === "private" || needed === "write";
  if (asks && route.permission !== "metadata" && !allows(token?.[route.permission] ?? "none", needed)) {
    return token === undefined || token.type === "personal"
      ? apiError(404, "Not Found", request.documentation)
      : apiError(403, "Resource not accessible by integration", request.documentation, {
          "x-accepted-github-permissions": `${permissionNames[route.permission]}=${needed}`,
        });
  }
  return route.ofRepository(repository, request);
}

function allows(granted: Access, needed: "read" | "write"): boolean {
  return granted === "write" || granted === needed;
}
