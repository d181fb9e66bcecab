import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { apiLimits } from "./api/rate-limit.ts";
import { blobStore } from "./blob-store.ts";
import { destinations } from "./destinations.ts";
import type { Fault, InjectedFault } from "./fault.ts";
import { faultBench } from "./faults.ts";
import type { LoggedRequest } from "./logged-request.ts";
import { packageStore, type RestoredTags } from "./package-state.ts";
import { registryView } from "./registry-inspection.ts";
import type { RegistryView } from "./registry-view.ts";
import type { RepositoryDouble } from "./repository-double.ts";
import { repositoryStore } from "./repository-store.ts";
import { type RequestHook, requestHooks } from "./request-hooks.ts";
import { type RequestServing, serveRequest } from "./serve-requests.ts";
import { startJournal } from "./timeline.ts";
import type { TokenOptions } from "./token-options.ts";
import { tokenStore } from "./tokens.ts";

export interface GitHubDoubleOptions {
  /** Loopback port; default any free one. */
  readonly port?: number;
  /** Clock of everything it dates and lets expire; default the machine's. */
  readonly now?: () => Date;
  /** How long a token from `/token` is good for; default 300. */
  readonly registryTokenSeconds?: number;
  /** Accounts that are people; other owners of a repository are organisations. */
  readonly people?: readonly string[];
  /** Every answer takes at least so many real milliseconds; default 0. */
  readonly latencyMs?: number;
  /** GitHub's secondary limit in points (a read 1, a write 5) in any minute of each token; 900 at GitHub, default none. */
  readonly pointsPerMinute?: number;
  /** How limits are refused; GitHub does either. Default 403. */
  readonly limitStatus?: 403 | 429;
  /** By which date the Packages API lists versions, newest first; default `created`. */
  readonly versionOrder?: "created" | "updated";
  /** Which of its tags a restored version has; default `free`: those that nobody took meanwhile. */
  readonly restoredTags?: RestoredTags;
  /** Checks each JSON answer of the API against GitHub's published schema and answers 500 with the difference; costs a second at the start. */
  readonly checkSchemas?: boolean;
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
  /** Calls the hook before and after each request; the request waits for it. Returns what takes it away again. */
  onRequest(hook: RequestHook): () => void;
  /** Ends the server, breaks open connections and removes what it kept on disk. */
  stop(): Promise<void>;
}

/** Starts it. Whoever starts it ends it with `stop`. */
export async function startGitHubDouble(options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const now = options.now ?? (() => new Date());
  const journal = startJournal(now);
  const repositories = repositoryStore(journal);
  const packages = packageStore(journal, {
    visibilityOf: repositories.visibilityOf,
    order: options.versionOrder ?? "created",
    restoredTags: options.restoredTags ?? "free",
  });
  const blobs = blobStore();
  const tokens = tokenStore(now);
  const faults = faultBench();
  const requests: LoggedRequest[] = [];
  const hooks = requestHooks();
  let received = 0;
  const people = new Set(options.people?.map((login) => login.toLowerCase()));

  // Longer than clients keep a connection, so that no reset comes but those that are injected.
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 });
  await new Promise<void>((done, fail) => {
    server.once("error", fail).listen(options.port ?? 0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  const host = `localhost:${port}`;
  const url = `http://${host}`;
  const find = destinations({
    registry: { packages, blobs, tokens, tokenSeconds: options.registryTokenSeconds ?? 300 },
    api: {
      find: repositories.find,
      packages,
      ownerType: (login) => {
        if (people.has(login.toLowerCase())) return "User";
        const prefix = `${login.toLowerCase()}/`;
        const owns = repositories.owns(login) || packages.names().some((name) => name.startsWith(prefix));
        return owns ? "Organization" : undefined;
      },
    },
    limits: apiLimits(now, options.pointsPerMinute ?? Number.POSITIVE_INFINITY, options.limitStatus ?? 403),
    check: options.checkSchemas === true ? (await import("./openapi-schema.ts")).checkAnswer : undefined,
  });
  const serving: RequestServing = {
    origin: url,
    journal,
    faults,
    hooks,
    latencyMs: options.latencyMs ?? 0,
    number: () => {
      received += 1;
      return received;
    },
    find,
    whoIs: tokens.whoIs,
    expireToken: tokens.expire,
    log: (request) => requests.push(request),
  };
  server.on("request", (incoming, response) => void serveRequest(serving, incoming, response));

  return {
    url,
    host,
    repository: repositories.control,
    token: (tokenOptions = {}) => tokens.issue(tokenOptions).text,
    registry: registryView(packages, blobs, now),
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    inject: faults.inject,
    onRequest: hooks.add,
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      blobs.remove();
    },
  };
}
