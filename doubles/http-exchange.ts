import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** A request as the handlers see it. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  /** The body, unread. */
  readonly body: IncomingMessage;
  /** The tick reads are answered from; see `timeline.ts`. */
  readonly asOf: number;
}

export type AnswerBody =
  | string
  | Uint8Array
  | { readonly file: string; readonly start: number; readonly length: number };

/** What a handler returns; who sends it may lose, cut or delay it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AnswerBody;
}

export function json(status: number, content: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(content),
  };
}

export async function readBody(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Reads what is left of a body and forgets it, so that the client finishes sending before it is answered. */
export async function drain(stream: IncomingMessage): Promise<void> {
  if (stream.readableEnded || stream.destroyed) return;
  for await (const _ of stream);
}

function bodyLength(body: AnswerBody): number {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.byteLength : body.length;
}

/** Sends an answer; of HEAD only the headers. With `cutAfter` the connection breaks after that many bytes of the body. */
export async function send(
  method: string,
  response: ServerResponse,
  answer: Answer,
  cut?: { readonly afterBytes?: number },
): Promise<void> {
  const body = answer.body ?? "";
  const total = bodyLength(body);
  const bodyless = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, bodyless ? answer.headers : { "content-length": String(total), ...answer.headers });
  if (method === "HEAD" || bodyless) return end(response);
  const length = cut === undefined ? total : Math.min(total, cut.afterBytes ?? Math.floor(total / 2));
  if (typeof body === "string" || body instanceof Uint8Array) {
    await write(response, Buffer.from(body).subarray(0, length));
  } else if (length > 0) {
    const part = createReadStream(body.file, { start: body.start, end: body.start + length - 1 });
    await pipeline(part, response, { end: false });
  }
  if (cut === undefined) return end(response);
  breakConnection(response);
}

export function breakConnection(response: ServerResponse): void {
  // A reset, where the platform can send one; the client sees ECONNRESET rather than an early end.
  if (response.headersSent) response.socket?.destroy();
  else response.socket?.resetAndDestroy();
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((done) => {
    if (bytes.byteLength === 0) return done();
    response.write(bytes, () => done());
  });
}

function end(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    response.once("close", () => done());
    response.end(() => done());
  });
}
