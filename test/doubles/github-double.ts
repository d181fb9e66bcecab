import type { Fault, InjectedFault } from "./fault.ts";
import type { RegistryView } from "./registry-view.ts";
import type { RepositoryDouble } from "./repository-double.ts";
import type { RequestKind } from "./request-kind.ts";

export interface GitHubDoubleOptions {
  /** Loopback port; default any free one. */
  readonly port?: number;
  /** Clock of everything it dates and lets expire; default the machine's. */
  readonly now?: () => Date;
  /** How long a token from `/token` is good for; default 300. */
  readonly registryTokenSeconds?: number;
  /** Checks each JSON answer of the API against GitHub's published schema and answers 500 with the difference; costs a second at the start. */
  readonly checkSchemas?: boolean;
}

export type Access = "none" | "read" | "write";

/** What a token may do. The default is a workflow's GITHUB_TOKEN that reads contents and pull requests and writes packages. */
export interface TokenOptions {
  /** Default `github-actions[bot]`. */
  readonly user?: string;
  /** A workflow's GITHUB_TOKEN, or a person's classic token; they are refused with different words. Default `workflow`. */
  readonly type?: "workflow" | "personal";
  readonly contents?: Access;
  readonly pullRequests?: Access;
  readonly packages?: Access;
  /** Whether a push may create a package that does not exist; default: whether it may write packages. */
  readonly createsPackages?: boolean;
  /** The `owner/name`s (of repositories and packages) it is good for, in any case; default all. */
  readonly only?: readonly string[];
  readonly expiresAfterSeconds?: number;
}

export interface LoggedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly kind: RequestKind;
  /** 0 where the connection was broken before the status. */
  readonly status: number;
  readonly ms: number;
  /** The token's user, or `anonymous`. */
  readonly who: string;
  /** The types of the faults that struck. */
  readonly faults: readonly string[];
}

/** GitHub on one loopback port: the REST API and GHCR on the same state. */
export interface GitHubDouble {
  /** `http://localhost:PORT`: what GITHUB_API_URL and GITHUB_SERVER_URL are set to. */
  readonly url: string;
  /** `localhost:PORT`: the registry's name in image names. */
  readonly host: string;
  /** The repository of that `owner/name`; made, empty and private, on first use. */
  repository(fullName: string): RepositoryDouble;
  /** A token for the API (bearer) and the registry (password of any user name). */
  token(options?: TokenOptions): string;
  /** The registry, seen from inside: no request is logged, no fault strikes. */
  readonly registry: RegistryView;
  /** Every request so far, in the order their answers ended. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  inject(fault: Fault): InjectedFault;
  /** Ends the server, breaks open connections and removes what it kept on disk. */
  stop(): Promise<void>;
}

export function startGitHubDouble(_options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  throw new Error("not yet");
}
