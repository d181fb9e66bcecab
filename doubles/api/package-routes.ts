import { type Answer, json } from "../http-exchange.ts";
import type { PackageRecord } from "../package-record.ts";
import { isOpenTo, mayRead } from "../registry/registry-access.ts";
import type { RemovalOutcome } from "../registry-view.ts";
import type { ApiKind } from "../request-kind.ts";
import type { ApiContext, ApiRequest, ApiRoute } from "./api-context.ts";
import { apiError } from "./api-error.ts";
import { type PackagePlace, packageBody, packageVersionBody } from "./package-body.ts";
import { listAnswer } from "./page.ts";

/** GitHub's Packages API, on the registry's own rows: https://docs.github.com/en/rest/packages/packages */
export const packageRoutes: readonly ApiRoute[] = (["org", "username"] as const).flatMap((owner) => {
  const packages = `/${owner === "org" ? "orgs" : "users"}/{${owner}}/packages`;
  const one = `${packages}/{package_type}/{package_name}`;
  const version = `${one}/versions/{package_version_id}`;
  const whose = owner === "org" ? "an-organization" : "a-user";
  const about = (kind: ApiKind, path: string, page: string) => ({
    kind,
    path,
    documentation: `rest/packages/packages#${page}-${whose}`,
  });
  const ofPackage =
    (answer: (place: PackagePlace, context: ApiContext, request: ApiRequest) => Answer) =>
    (context: ApiContext, request: ApiRequest) =>
      withPackage(owner, context, request, answer);
  return [
    {
      ...about("packages", packages, "list-packages-for"),
      handle: (context: ApiContext, request: ApiRequest) => listPackages(owner, context, request),
    },
    {
      ...about("package", one, "get-a-package-for"),
      handle: ofPackage((place, context, request) => json(200, packageBody(place, context, request.asOf))),
    },
    {
      ...about("package-versions", `${one}/versions`, "list-package-versions-for-a-package-owned-by"),
      handle: ofPackage(listVersions),
    },
    { ...about("package-version", version, "get-a-package-version-for"), handle: ofPackage(getVersion) },
    {
      ...about("package-version-delete", version, "delete-package-version-for"),
      method: "DELETE" as const,
      handle: ofPackage(deleteVersion),
    },
    {
      ...about("package-version-restore", `${version}/restore`, "restore-package-version-for"),
      method: "POST" as const,
      handle: ofPackage(restoreVersion),
    },
  ];
});

const notAuthenticated = "Requires authentication";
const notFound = "Package not found.";
const notForWorkflows = "Resource not accessible by integration";

function listPackages(owner: "org" | "username", context: ApiContext, request: ApiRequest): Answer {
  const { token, url, documentation } = request;
  const login = request.parameters[owner] ?? "";
  if (token === undefined) return apiError(401, notAuthenticated, documentation);
  if (!isOwner(owner, context, login)) return apiError(404, "Not Found", documentation);
  // A workflow's token knows its own repository's packages by name; it cannot list an owner's.
  if (token.type === "workflow") return apiError(403, notForWorkflows, documentation);
  if (token.packages === "none") return missingScope("list packages", documentation);
  const type = url.searchParams.get("package_type");
  if (type === null) return apiError(400, "Missing package_type.", documentation);
  if (Number(url.searchParams.get("page") ?? 1) * Number(url.searchParams.get("per_page") ?? 30) > 10_000) {
    const message = "The value of `per_page` multiplied by `page` cannot be greater than 10000.";
    return apiError(400, message, documentation);
  }
  const visibility = url.searchParams.get("visibility");
  const own = context.packages
    .names(request.asOf)
    .filter((name) => type === "container" && name.startsWith(`${login.toLowerCase()}/`))
    .filter((name) => mayRead(context.packages, token, name))
    .flatMap((name) => context.packages.find(name, request.asOf) ?? [])
    .filter((record) => visibility === null || record.visibility === visibility);
  return listAnswer(own, url, (record) =>
    packageBody(placeOf(owner, login, record, url.origin), context, request.asOf),
  );
}

/** Answers only who may read the package; nobody else learns that it exists. */
function withPackage(
  owner: "org" | "username",
  context: ApiContext,
  request: ApiRequest,
  answer: (place: PackagePlace, context: ApiContext, request: ApiRequest) => Answer,
): Answer {
  const { token, parameters, documentation } = request;
  const login = parameters[owner] ?? "";
  if (token === undefined) return apiError(401, notAuthenticated, documentation);
  if (token.packages === "none" && token.type === "personal") {
    return missingScope("get a package's versions", documentation);
  }
  const name = `${login}/${parameters.package_name}`;
  const record = context.packages.find(name, request.asOf);
  const visible = record !== undefined && isOwner(owner, context, login) && mayRead(context.packages, token, name);
  if (!visible || parameters.package_type !== "container") return apiError(404, notFound, documentation);
  return answer(placeOf(owner, login, record, request.url.origin), context, request);
}

function listVersions({ record, ...place }: PackagePlace, context: ApiContext, request: ApiRequest): Answer {
  const state = request.url.searchParams.get("state") ?? "active";
  if (state !== "active" && state !== "deleted") return apiError(422, "Invalid state.", request.documentation);
  const listed = record.listing(state, request.asOf);
  const versions = state === "active" ? listed : listed.filter(context.packages.isRestorable);
  return listAnswer(versions, request.url, (version) => packageVersionBody({ record, ...place }, version));
}

function getVersion(place: PackagePlace, _context: ApiContext, request: ApiRequest): Answer {
  const version = place.record.version(versionId(request), request.asOf);
  if (version === undefined || version.deletedAt !== undefined) return apiError(404, notFound, request.documentation);
  return json(200, packageVersionBody(place, version));
}

function deleteVersion({ record }: PackagePlace, context: ApiContext, request: ApiRequest): Answer {
  const refused = mayNotDelete(record, context, request);
  if (refused !== undefined) return refused;
  const outcome = context.packages.remove(record.name, versionId(request));
  if (outcome === "removed") return { status: 204, headers: {} };
  const [status, message] = refusals[outcome];
  return apiError(status, message, request.documentation);
}

const refusals: Readonly<Record<Exclude<RemovalOutcome, "removed">, readonly [status: number, message: string]>> = {
  absent: [404, notFound],
  last: [400, "You cannot delete the last version of a package. You must delete the package instead."],
  "last-tagged": [400, "You cannot delete the last tagged version of a package. You must delete the package instead."],
  "too-many-downloads": [
    400,
    "Publicly visible package versions with more than 5000 downloads cannot be deleted. Contact GitHub support for further assistance.",
  ],
};

function restoreVersion({ record }: PackagePlace, context: ApiContext, request: ApiRequest): Answer {
  const refused = mayNotDelete(record, context, request);
  if (refused !== undefined) return refused;
  const outcome = context.packages.restore(record.name, versionId(request));
  return outcome === "restored" ? { status: 204, headers: {} } : apiError(404, notFound, request.documentation);
}

/** Who may only read is told that there is nothing; who may write and is no Admin of the package, that it may not. */
function mayNotDelete(
  record: PackageRecord,
  { packages }: ApiContext,
  { token, documentation }: ApiRequest,
): Answer | undefined {
  // A public package is read by every token, and deleted only by its own.
  if (token === undefined || token.packages !== "write" || !isOpenTo(packages, token, record.name)) {
    return apiError(404, notFound, documentation);
  }
  if (token.deletesPackages) return undefined;
  if (token.type === "workflow") return apiError(403, notForWorkflows, documentation);
  return apiError(403, "You need at least delete:packages scope to delete a package version.", documentation);
}

function missingScope(purpose: string, documentation: string): Answer {
  return apiError(403, `You need at least read:packages scope to ${purpose}.`, documentation);
}

function isOwner(owner: "org" | "username", context: ApiContext, login: string): boolean {
  return context.ownerType(login) === (owner === "org" ? "Organization" : "User");
}

function placeOf(owner: "org" | "username", login: string, record: PackageRecord, origin: string): PackagePlace {
  return { record, login, origin, side: owner === "org" ? "orgs" : "users" };
}

function versionId(request: ApiRequest): number {
  return Number(request.parameters.package_version_id);
}
