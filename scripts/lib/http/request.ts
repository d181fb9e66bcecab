import type { ClientRequest, IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { followRedirect } from "./redirect.ts";
import { HttpRefusal, TooLarge, TooLate } from "./refusal.ts";
import { pickTransport } from "./transport.ts";

/**
 * One HTTP request over `node:http` and `node:https`. The global `fetch` would do the same, but loads 40 ms of code
 * into a step that runs for 100 ms.
 */
export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Until the last byte has come, redirects included, milliseconds; default 20 s. */
  readonly timeout?: number;
  /** A longer answer, unpacked, is refused; default 16 MiB, which is 40,000 git tags in GitHub's one list of them. */
  readonly maximumBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Address that answered, after redirects. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Of a success whole, of anything else the beginning: nobody reads more of a refusal. */
  readonly body: Buffer;
}

const usualTimeout = 20_000;
const usualMaximum = 16 * 1024 * 1024;
/** Pieces so small, in bytes, cost a hundred times their size: some are taken. */
const crumb = 16;
const mostCrumbs = 20_000;
/** Interim answers, such as Early Hints, before the answer itself. */
const mostInterim = 16;
/** What is read of an answer that is no success. */
const longestRefusal = 64 * 1024;

/**
 * Sends a request and reads the answer, whatever its status. GET and HEAD follow redirects, see followRedirect. Proxies are
 * taken from the environment, see findProxy. Throws HttpRefusal, TooLate, or where no complete answer came: refused, reset,
 * cut short.
 */
export async function sendRequest(url: string, request: HttpRequest = {}): Promise<HttpAnswer> {
  const timeout = request.timeout ?? usualTimeout;
  const end = performance.now() + timeout;
  const mayFollow = /^(?:GET|HEAD)$/u.test(request.method ?? "GET");
  let place = { url: new URL(url), headers: request.headers ?? {} };
  for (let hops = 0; ; hops += 1) {
    const answer = await sendOnce(place.url, { ...request, headers: place.headers }, timeout, end - performance.now());
    const next = mayFollow ? followRedirect(place, answer, hops) : undefined;
    if (next === undefined) return answer;
    place = next;
  }
}

async function sendOnce(url: URL, request: HttpRequest, timeout: number, left: number): Promise<HttpAnswer> {
  const { request: start } = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = start(url, {
      method: request.method ?? "GET",
      headers: { "accept-encoding": "gzip", ...request.headers },
    });
    const timer = setTimeout(
      () => sent.destroy(new TooLate(`No complete answer within ${timeout / 1000} s`)),
      Math.max(0, left),
    );
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    refuseInterim(sent);
    sent.on("response", (message) => {
      readBody(message, request.maximumBytes ?? usualMaximum)
        .then((body) =>
          resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body }),
        )
        .catch(reject)
        .finally(() => clearTimeout(timer));
    });
    sent.end(request.body);
  });
}

/** Interim answers (RFC 9110, 15.2) may be many, but not without end. */
export function refuseInterim(sent: ClientRequest): void {
  let count = 0;
  sent.on("information", () => {
    count += 1;
    if (count > mostInterim) sent.destroy(new HttpRefusal("it gives interim answers without end"));
  });
}

/** The body, unpacked as it comes, so that a small one that unpacks to a large one is stopped. Throws HttpRefusal. */
export function readBody(message: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const refused = (message.statusCode ?? 0) >= 300;
  const most = refused ? longestRefusal : maximumBytes;
  const body = unpack(message);
  // One buffer that grows: the pieces themselves may take a hundred times their size.
  let kept = Buffer.alloc(Math.min(16 * 1024, most));
  let size = 0;
  let pieces = 0;
  const keep = (chunk: Buffer): void => {
    const end = Math.min(most, size + chunk.length);
    if (end > kept.length) kept = Buffer.concat([kept], Math.min(most, Math.max(kept.length * 2, end)));
    size += chunk.copy(kept, size, 0, end - size);
  };
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      reject(error);
      body.destroy();
    };
    body.on("data", (chunk: Buffer) => {
      pieces += 1;
      if (pieces > mostCrumbs && size < pieces * crumb) return refuse(new HttpRefusal("it gives its answer in crumbs"));
      const isLonger = size + chunk.length > most;
      if (isLonger && !refused) return refuse(new TooLarge(`it gives more than ${maximumBytes} bytes`));
      keep(chunk);
      if (!isLonger) return;
      resolve(kept.subarray(0, size));
      body.destroy();
    });
    body.on("end", () => resolve(kept.subarray(0, size)));
    let came = body === message;
    message.once("data", () => {
      came = true;
    });
    // ECONNRESET where fewer bytes come than the headers promised. Nothing at all unpacks to nothing, as after a HEAD.
    body.on("error", (error) => {
      if (!came && "code" in error && error.code === "Z_BUF_ERROR") resolve(Buffer.alloc(0));
      else reject(error);
    });
  });
}

function unpack(message: IncomingMessage): Readable {
  if (message.headers["content-encoding"] !== "gzip") return message;
  const { createGunzip } = process.getBuiltinModule("node:zlib");
  // What breaks on either side is told to whoever reads.
  return process.getBuiltinModule("node:stream").pipeline(message, createGunzip(), () => {});
}

export function readHeaders(message: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
    ),
  );
}
