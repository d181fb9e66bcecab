import type { Answer, Received } from "../http-exchange.ts";
import type { PackageStore } from "../package-state.ts";
import { reaches, type Token, type TokenStore } from "../tokens.ts";
import { registryError } from "./registry-error.ts";

/** What GHCR shows who asks for no repository in particular. */
export const placeholderRepository = "user/image";

/** Whether somebody may read a package. Of a package that does not exist nobody is told so. */
export function mayRead(packages: PackageStore, owner: Token | undefined, name: string): boolean {
  if (packages.exists(name) && packages.visibility(name) === "public") return true;
  return owner !== undefined && owner.packages !== "none" && isOpenTo(packages, owner, name);
}

/** A package that a workflow has created is connected to its repository; another one has to let the repository in. */
export function isOpenTo(packages: PackageStore, token: Token, name: string): boolean {
  return reaches(token, name) || packages.isConnected(name, token.only ?? []);
}

/** A token makes packages of any name below its own owner. */
function mayCreate(token: Token, name: string): boolean {
  const owner = name.toLowerCase().split("/")[0];
  return token.createsPackages && (token.only?.some((repository) => repository.split("/")[0] === owner) ?? true);
}

/** `undefined` where it may be written, else GHCR's words. */
function whyNotWrite(packages: PackageStore, owner: Token | undefined, name: string): string | undefined {
  if (owner === undefined) return "requested access to the resource is denied";
  const exists = packages.exists(name);
  const isOpen = exists ? isOpenTo(packages, owner, name) : mayCreate(owner, name);
  if (owner.packages === "write" && isOpen) return undefined;
  if (owner.type === "personal") return "permission_denied: The token provided does not match expected scopes.";
  return exists ? "permission_denied: write_package" : "installation not allowed to Create organization package";
}

/** `undefined` where the request may go on, else the 401 or 403. */
export function refuseAccess(
  packages: PackageStore,
  tokens: TokenStore,
  request: Received,
  name: string,
  action: "pull" | "push",
): Answer | undefined {
  const bearer = tokens.readRegistry(request.headers.authorization);
  if (bearer.type === "refused") return registryError(403, "DENIED", "denied");
  const scope = `repository:${name}:${action === "pull" ? "pull" : "pull,push"}`;
  if (bearer.type !== "known") return challenge(request, scope);
  const { owner, scopes } = bearer.token;
  if (scopes !== "all" && !scopes.get(name)?.has(action)) return challenge(request, scope);
  if (action === "pull") {
    return mayRead(packages, owner, name)
      ? undefined
      : registryError(403, "DENIED", "requested access to the resource is denied");
  }
  const why = whyNotWrite(packages, owner, name);
  if (why === undefined && !packages.exists(name)) packages.connect(name, owner?.only ?? []);
  return why === undefined ? undefined : registryError(403, "DENIED", why);
}

/** The 401 that says where a token is to be had. */
export function challenge(request: Received, scope: string): Answer {
  const header = `Bearer realm="${request.url.origin}/token",service="${request.url.host}",scope="${scope}"`;
  return registryError(401, "UNAUTHORIZED", "authentication required", { headers: { "www-authenticate": header } });
}
