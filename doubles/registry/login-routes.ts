import { type Answer, json, type Received } from "../http-exchange.ts";
import { challenge, mayRead, placeholderRepository } from "./registry-access.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { registryError } from "./registry-error.ts";

/** `/v2/` and `/token`: https://distribution.github.io/distribution/spec/auth/token/ */
export const loginRoutes: readonly RegistryRoute[] = [
  { methods: ["GET", "HEAD"], path: /^\/v2\/?$/, kind: "ping", handle: ping },
  { methods: ["GET"], path: /^\/token$/, kind: "token", handle: giveToken },
  // OAuth's POST is not there; clients fall back to GET.
  {
    methods: ["POST"],
    path: /^\/token$/,
    kind: "token",
    handle: () => ({ status: 405, headers: { allow: "GET" } }),
  },
];

function ping({ tokens }: RegistryContext, request: Received): Answer {
  const bearer = tokens.readRegistry(request.headers.authorization);
  if (bearer.type === "known") return json(200, {});
  if (bearer.type === "refused") return registryError(403, "DENIED", "denied");
  return challenge(request, `repository:${placeholderRepository}:pull`);
}

function giveToken(context: RegistryContext, request: Received): Answer {
  const login = context.tokens.readGitHub(request.headers.authorization);
  if (login.type === "refused" || login.type === "expired") return registryError(403, "DENIED", "denied");
  const owner = login.type === "known" ? login.token : undefined;
  const scopes = new Map<string, Set<string>>();
  for (const text of request.url.searchParams.getAll("scope").flatMap((value) => value.split(" "))) {
    const [, name, actions] = /^repository:([^:]+):([a-z,*]+)$/.exec(text) ?? [];
    if (name === undefined || actions === undefined) continue;
    const known = scopes.get(name) ?? new Set();
    for (const action of actions === "*" ? ["pull", "push"] : actions.split(",")) known.add(action);
    scopes.set(name, known);
  }
  // Nobody gets a token only for what anybody may read; whoever logs in gets one, and is refused where it is used.
  const hidden = [...scopes.keys()].some(
    (name) => name !== placeholderRepository && !mayRead(context.packages, undefined, name),
  );
  if (owner === undefined && hidden) {
    return registryError(403, "DENIED", "requested access to the resource is denied");
  }
  return json(200, { token: context.tokens.issueForRegistry(owner, scopes, context.tokenSeconds) });
}
