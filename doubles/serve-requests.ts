import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultAction } from "./fault.ts";
import type { FaultBench } from "./faults.ts";
import { type Answer, breakConnection, drain, json, type Received, send } from "./http-exchange.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { RequestHooks } from "./request-hooks.ts";
import type { RequestKind } from "./request-kind.ts";
import { type Journal, newest } from "./timeline.ts";

/** Where a request goes: found before the faults strike, so that they can be aimed by kind. */
export interface Destination {
  readonly side: "api" | "registry";
  readonly kind: RequestKind;
  readonly answer: (request: Received) => Promise<Answer>;
}

export interface RequestServing {
  readonly origin: string;
  readonly journal: Journal;
  readonly faults: FaultBench;
  readonly hooks: RequestHooks;
  /** Every answer takes at least this long. */
  readonly latencyMs: number;
  /** Counts a request. */
  readonly number: () => number;
  readonly find: (method: string, pathname: string) => Destination;
  readonly whoIs: (authorization: string | undefined) => string;
  readonly expireToken: (authorization: string | undefined) => void;
  readonly log: (request: LoggedRequest) => void;
}

/** Takes one request through the faults that strike it to its answer, and logs it. */
export async function serveRequest(
  serving: RequestServing,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const method = incoming.method ?? "GET";
  const url = new URL(incoming.url ?? "/", serving.origin);
  const path = `${url.pathname}${url.search}`;
  const { authorization } = incoming.headers;
  const destination = serving.find(method, url.pathname);
  const actions = serving.faults.strike(method, path, destination.kind, destination.side);
  const who = serving.whoIs(authorization);
  const about = { number: serving.number(), method, path, kind: destination.kind, who };
  let status = 0;
  try {
    if (serving.latencyMs > 0) await sleep(serving.latencyMs, undefined, { ref: false });
    await serving.hooks.call({ ...about, when: "before" });
    const asOf = await prepare(serving, actions, authorization);
    const request = { method, url, headers: incoming.headers, body: incoming, asOf };
    const after = (given: number) => serving.hooks.call({ ...about, when: "after", status: given });
    status = await answer(destination, request, actions.at(-1), response, after);
  } catch (error) {
    // The client hung up, or the double has a bug: then the answer says so.
    if (!response.headersSent && !incoming.destroyed) {
      status = 500;
      await send(method, response, json(500, { message: `The double failed: ${String(error)}` }));
    } else breakConnection(response);
  } finally {
    const ms = performance.now() - started;
    const struck = actions.map((action) => action.type);
    serving.log({ method, path, kind: destination.kind, status, ms, who, faults: struck });
  }
}

/** What happens before the answer is decided: waiting, expiring. Returns the tick that reads are answered from. */
async function prepare(
  { journal, expireToken }: RequestServing,
  actions: readonly FaultAction[],
  authorization: string | undefined,
): Promise<number> {
  let asOf = newest;
  for (const action of actions) {
    if (action.type === "delay") await sleep(action.ms, undefined, { ref: false });
    if (action.type === "expire-token") expireToken(authorization);
    if (action.type === "stale") {
      asOf = "msAgo" in action ? journal.millisecondsBack(action.msAgo) : journal.ticksBack(action.writesAgo);
    }
  }
  return asOf;
}

/** Returns the status that was sent; 0 where none was. */
async function answer(
  destination: Destination,
  request: Received,
  fault: FaultAction | undefined,
  response: ServerResponse,
  after: (status: number) => Promise<void>,
): Promise<number> {
  const identity = {
    "x-github-request-id": randomBytes(10).toString("hex").toUpperCase(),
    ...(destination.side === "registry" ? { "docker-distribution-api-version": "registry/2.0" } : {}),
  };
  switch (fault?.type) {
    case "reset-before":
      await after(0);
      breakConnection(response);
      return 0;
    case "answer": {
      await drain(request.body);
      const { status, headers = {}, body = "" } = fault;
      const made = typeof body === "string" ? { status, headers, body } : json(status, body, headers);
      await after(status);
      await send(request.method, response, { ...made, headers: { ...identity, ...made.headers } });
      return status;
    }
    case "reset-after-effect":
      await destination.answer(request);
      await after(0);
      breakConnection(response);
      return 0;
    default: {
      const given = await destination.answer(request);
      await after(given.status);
      const named = { ...given, headers: { ...identity, ...given.headers } };
      await send(request.method, response, named, fault?.type === "truncate" ? fault : undefined);
      return given.status;
    }
  }
}
