import type { Answer, Received } from "../http-exchange.ts";
import type { PackageStore } from "../package-state.ts";
import type { RepositoryState } from "../repository-state.ts";
import type { ApiKind } from "../request-kind.ts";
import type { Token } from "../tokens.ts";
import type { ApiLimits } from "./rate-limit.ts";

/** What the API's handlers work on. */
export interface ApiContext {
  /** `undefined` where there is none of that name. */
  readonly find: (fullName: string) => RepositoryState | undefined;
  readonly packages: PackageStore;
  readonly ownerType: (login: string) => "User" | "Organization" | undefined;
}

/** One request, with its caller known and its path read. */
export interface ApiRequest extends Received {
  /** The caller; `undefined` is anybody. */
  readonly token: Token | undefined;
  /** Parameters of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `rest/commits/commits#get-a-commit`: where GitHub's errors point to. */
  readonly documentation: string;
  readonly limits: ApiLimits;
}

/** A route of the API by the path of GitHub's OpenAPI description. */
interface RouteShape {
  /** Default GET, and HEAD with it. */
  readonly method?: "DELETE" | "PATCH" | "POST";
  readonly path: string;
  readonly kind: ApiKind;
  readonly documentation: string;
}

export type ApiRoute =
  | (RouteShape & { readonly handle: (context: ApiContext, request: ApiRequest) => Answer | Promise<Answer> })
  /** About a repository: answered only where the caller may see it, may read `permission` where it is private, and may write it to change it. */
  | (RouteShape & {
      readonly permission: "metadata" | "contents" | "pullRequests" | "issues" | "actions";
      readonly ofRepository: (repository: RepositoryState, request: ApiRequest) => Answer | Promise<Answer>;
    });
