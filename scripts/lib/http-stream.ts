import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type HttpAnswer,
  HttpRefusal,
  maximumHops,
  pickTransport,
  readBody,
  readHeaders,
  withoutCredentials,
} from "./http-request.ts";

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
}

/** A short error text is read whole; what is longer is cut off, as nobody reads it. */
const MAXIMUM_ANSWER = 1024 * 1024;

/** GETs what may be too large for memory. Redirects are followed as in sendRequest. Throws where no answer came. */
export async function openStream(
  url: string,
  request: StreamRequest & { readonly checkRedirect: (target: URL) => void },
  hops = 0,
): Promise<OpenedStream> {
  const message = await start(new URL(url), request);
  const headers = readHeaders(message);
  const location = headers.get("location");
  const status = message.statusCode ?? 0;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, url)) {
    return { status, headers, body: message };
  }
  message.resume();
  const target = new URL(location, url);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  request.checkRedirect(target);
  const kept = target.origin === new URL(url).origin ? request.headers : withoutCredentials(request.headers);
  return openStream(target.href, { ...request, headers: kept }, hops + 1);
}

function start(url: URL, { headers, timeout }: StreamRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, { method: "GET", headers });
    sent.setTimeout(timeout, () => sent.destroy(new Error(`Nothing came for ${timeout / 1000} s`)));
    sent.on("error", reject);
    sent.on("response", resolve);
    sent.end();
  });
}

/** PUTs a body as it comes. Whatever happens the body is closed. Throws where no whole answer came or the body failed. */
export function putStream(url: URL, request: StreamRequest & { readonly body: Readable }): Promise<HttpAnswer> {
  const { headers, timeout, body } = request;
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, { method: "PUT", headers });
    sent.setTimeout(timeout, () => sent.destroy(new Error(`Nothing was taken for ${timeout / 1000} s`)));
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
