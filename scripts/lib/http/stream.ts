import type { ClientRequest, IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { followRedirect } from "./redirect.ts";
import { TooLate } from "./refusal.ts";
import { type HttpAnswer, readBody, readHeaders, refuseInterim } from "./request.ts";
import { pickTransport } from "./transport.ts";

export interface OpenedStream {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Readable;
}

export interface StreamRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The longest silence, milliseconds: what is large may take its time, but must not stand still. */
  readonly timeout: number;
  /** Of the whole transfer, milliseconds: a byte now and then is not enough. */
  readonly deadline: number;
}

/** A short error text is read whole; what is longer is cut off, as nobody reads it. */
const MAXIMUM_ANSWER = 1024 * 1024;

/** GETs what may be too large for memory. Redirects are followed as in sendRequest. Throws where no answer came. */
export async function openStream(url: string, request: StreamRequest): Promise<OpenedStream> {
  let place = { url: new URL(url), headers: request.headers };
  for (let hops = 0; ; hops += 1) {
    const message = await start(place.url, { ...request, headers: place.headers });
    const answer = { status: message.statusCode ?? 0, headers: readHeaders(message) };
    let next: typeof place | undefined;
    try {
      next = followRedirect(place, answer, hops);
    } finally {
      if (answer.status !== 200) message.destroy();
    }
    if (next === undefined) return { ...answer, body: message };
    place = next;
  }
}

async function start(url: URL, request: StreamRequest): Promise<IncomingMessage> {
  const transport = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = transport.request(url, { method: "GET", headers: request.headers });
    limit(sent, request, "came");
    sent.on("error", reject);
    sent.on("response", resolve);
    sent.end();
  });
}

/** PUTs a body as it comes. Whatever happens the body is closed. Throws where no whole answer came or the body failed. */
export async function putStream(url: URL, request: StreamRequest & { readonly body: Readable }): Promise<HttpAnswer> {
  const { headers, body } = request;
  const transport = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = transport.request(url, { method: "PUT", headers });
    limit(sent, request, "was taken");
    sent.on("error", reject);
    sent.on("response", (message) => {
      readBody(message, MAXIMUM_ANSWER)
        .then((bytes) =>
          resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body: bytes }),
        )
        .catch(reject)
        // An answer that comes before the end of the body is the last word.
        .finally(() => body.destroy());
    });
    pipeline(body, sent).catch(reject);
  });
}

function limit(sent: ClientRequest, { timeout, deadline }: StreamRequest, what: string): void {
  const end = (error: Error) => {
    sent.destroy(error);
  };
  sent.setTimeout(timeout, () => end(new TooLate(`Nothing ${what} for ${timeout / 1000} s`)));
  const late = new TooLate(`Not all ${what} within ${Math.ceil(deadline / 1000)} s`);
  const timer = setTimeout(() => end(late), Math.min(deadline, 2 ** 31 - 1));
  sent.on("close", () => clearTimeout(timer));
  refuseInterim(sent);
}
