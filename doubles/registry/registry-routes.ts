import { type Answer, drain, type Received } from "../http-exchange.ts";
import type { RegistryKind } from "../request-kind.ts";
import { blobRoutes } from "./blob-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { manifestRoutes } from "./manifest-routes.ts";
import { refuseAccess } from "./registry-access.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { pathNotFound } from "./registry-error.ts";
import { tagRoutes } from "./tag-routes.ts";
import { uploadRoutes } from "./upload-routes.ts";

const routes: readonly RegistryRoute[] = [
  ...loginRoutes,
  ...blobRoutes,
  ...uploadRoutes,
  ...manifestRoutes,
  ...tagRoutes,
];

/** Whether the path is the registry's; all others are the API's. */
export function isRegistryPath(pathname: string): boolean {
  return pathname === "/token" || pathname === "/v2" || pathname.startsWith("/v2/");
}

export interface MatchedRegistryRoute {
  readonly kind: RegistryKind;
  readonly answer: (context: RegistryContext, request: Received) => Promise<Answer>;
}

export function matchRegistryRoute(method: string, pathname: string): MatchedRegistryRoute {
  for (const route of routes) {
    const match = route.methods.includes(method) ? route.path.exec(pathname) : null;
    if (match === null) continue;
    const [, name = "", reference = ""] = match;
    return {
      kind: route.kind,
      answer: async (context, request) => {
        const refused = route.access && refuseAccess(context.packages, context.tokens, request, name, route.access);
        const answer = refused ?? (await route.handle(context, request, name, reference));
        await drain(request.body);
        return answer;
      },
    };
  }
  return { kind: "unknown-registry", answer: async () => pathNotFound };
}
