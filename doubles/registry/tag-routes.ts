import { type Answer, json, type Received } from "../http-exchange.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { pathNotFound, registryError } from "./registry-error.ts";

const defaultPage = 100;
const largestPage = 1000;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags and #listing-referrers */
export const tagRoutes: readonly RegistryRoute[] = [
  { methods: ["GET"], path: /^\/v2\/(.+)\/tags\/list()$/, kind: "tags-list", access: "pull", handle: listTags },
  // GHCR has none: clients use the tag `sha256-<hex>` instead.
  {
    methods: ["GET", "HEAD"],
    path: /^\/v2\/(.+)\/referrers\/([^/]+)$/,
    kind: "referrers",
    handle: () => pathNotFound,
  },
];

function listTags({ packages }: RegistryContext, request: Received, name: string): Answer {
  if (!packages.exists(name, request.asOf)) {
    return registryError(404, "NAME_UNKNOWN", "repository name not known to registry");
  }
  const query = request.url.searchParams;
  const asked = Number(query.get("n") ?? 0);
  const last = query.get("last") ?? "";
  const size = asked > 0 ? Math.min(asked, largestPage) : defaultPage;
  const rest = packages
    .tags(name, request.asOf)
    .map(([tag]) => tag)
    .filter((tag) => tag > last);
  const tags = rest.slice(0, size);
  const next = `</v2/${name}/tags/list?last=${encodeURIComponent(tags.at(-1) ?? "")}&n=${asked}>; rel="next"`;
  return json(200, { name, tags }, rest.length > size ? { link: next } : {});
}
