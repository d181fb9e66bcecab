import { randomBytes } from "node:crypto";
import type { Access, TokenOptions } from "./token-options.ts";

/** One GitHub token and what it may do. */
export interface Token {
  readonly text: string;
  readonly user: string;
  readonly type: "workflow" | "personal";
  readonly contents: Access;
  readonly pullRequests: Access;
  readonly issues: Access;
  readonly actions: Access;
  readonly packages: Access;
  readonly createsPackages: boolean;
  readonly deletesPackages: boolean;
  readonly only: readonly string[] | undefined;
  /** Requests to the API in an hour. */
  readonly limit: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** A token that the registry's `/token` gave out: some scopes, for some minutes, in the name of a GitHub token or of nobody. */
export interface RegistryToken {
  readonly text: string;
  readonly owner: Token | undefined;
  /** `repository` to actions; a GitHub token used directly has all that it may. */
  readonly scopes: ReadonlyMap<string, ReadonlySet<string>> | "all";
  expiresAt: number;
}

/** Whose request it is. `refused` is a credential that GitHub does not know, `expired` one that it knew. */
export type Bearer<T> =
  | { readonly type: "known"; readonly token: T }
  | { readonly type: "anonymous" | "refused" | "expired" };

export interface TokenStore {
  issue(options: TokenOptions): Token;
  issueForRegistry(owner: Token | undefined, scopes: ReadonlyMap<string, ReadonlySet<string>>, seconds: number): string;
  /** Of an `Authorization` header: bearer, `token`, or a basic password. */
  readGitHub(authorization: string | undefined): Bearer<Token>;
  /** Of an `Authorization` header at the registry: a token from `/token`, or a GitHub token as base64. */
  readRegistry(authorization: string | undefined): Bearer<RegistryToken>;
  /** The user behind a header of either kind, also of an expired token; else `anonymous`. */
  whoIs(authorization: string | undefined): string;
  /** From now on the header's token is known as expired. */
  expire(authorization: string | undefined): void;
}

export function tokenStore(now: () => Date): TokenStore {
  const tokens = new Map<string, Token>();
  const registryTokens = new Map<string, RegistryToken>();
  const gitHub = (text: string) => tokens.get(text);
  const registry = (text: string): RegistryToken | undefined => {
    const issued = registryTokens.get(text);
    if (issued !== undefined) return issued;
    const owner = gitHub(Buffer.from(text, "base64").toString());
    return owner && { text, owner, scopes: "all", expiresAt: owner.expiresAt };
  };
  const check = <T extends { expiresAt: number }>(token: T | undefined): Bearer<T> => {
    if (token === undefined) return { type: "refused" };
    return token.expiresAt > now().getTime() ? { type: "known", token } : { type: "expired" };
  };

  return {
    issue: (options) => {
      const type = options.type ?? "workflow";
      const packages = options.packages ?? "write";
      const token: Token = {
        text: `${type === "workflow" ? "ghs" : "ghp"}_${randomBytes(18).toString("hex")}`,
        user: options.user ?? "github-actions[bot]",
        type,
        contents: options.contents ?? "read",
        pullRequests: options.pullRequests ?? "read",
        issues: options.issues ?? "none",
        actions: options.actions ?? "none",
        packages,
        createsPackages: options.createsPackages ?? packages === "write",
        deletesPackages: options.deletesPackages ?? packages === "write",
        only: options.only?.map((name) => name.toLowerCase()),
        limit: options.requestsPerHour ?? (type === "workflow" ? 1000 : 5000),
        expiresAt: now().getTime() + (options.expiresAfterSeconds ?? Number.POSITIVE_INFINITY) * 1000,
      };
      tokens.set(token.text, token);
      return token;
    },
    issueForRegistry: (owner, scopes, seconds) => {
      const text = randomBytes(24).toString("base64url");
      const expiresAt = Math.min(now().getTime() + seconds * 1000, owner?.expiresAt ?? Number.POSITIVE_INFINITY);
      registryTokens.set(text, { text, owner, scopes, expiresAt });
      return text;
    },
    readGitHub: (authorization) => {
      const text = credential(authorization);
      return text === undefined ? { type: "anonymous" } : check(gitHub(text));
    },
    readRegistry: (authorization) => {
      const text = credential(authorization);
      return text === undefined ? { type: "anonymous" } : check(registry(text));
    },
    whoIs: (authorization) => {
      const text = credential(authorization) ?? "";
      return (gitHub(text) ?? registry(text)?.owner)?.user ?? "anonymous";
    },
    expire: (authorization) => {
      const text = credential(authorization);
      if (text === undefined) return;
      const token = registryTokens.get(text) ?? gitHub(text) ?? registry(text)?.owner;
      if (token !== undefined) token.expiresAt = now().getTime();
    },
  };
}

/** The secret of an `Authorization` header. */
function credential(authorization: string | undefined): string | undefined {
  const [, scheme = "", value = ""] = /^(\S+)\s+(.+)$/.exec(authorization ?? "") ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
    case "token":
      return value;
    case "basic": {
      const pair = Buffer.from(value, "base64").toString();
      return pair.slice(pair.indexOf(":") + 1);
    }
    default:
      return undefined;
  }
}

/** Whether a token is good for a repository or package: one that it names, or one below it. */
export function reaches(token: Token, name: string): boolean {
  const wanted = name.toLowerCase();
  return token.only === undefined || token.only.some((own) => wanted === own || wanted.startsWith(`${own}/`));
}
