import type { IncomingMessage } from "node:http";

/**
 * One HTTP request over `node:http` and `node:https`. The global `fetch` would do the same, but loads 40 ms of code
 * into a step that runs for 100 ms.
 */
export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** Until the last byte has come, milliseconds; default one minute. */
  readonly timeout?: number;
  /** A longer answer is refused. */
  readonly maximumBytes?: number;
  /** Throws HttpRefusal where a redirect may not be followed. */
  readonly checkRedirect?: (target: URL) => void;
}

/** An answer came that is not taken; asking again would not help. The message is a clause: "it …". */
export class HttpRefusal extends Error {}

/** The answer is larger than the caller takes. */
export class TooLarge extends HttpRefusal {}

export interface HttpAnswer {
  readonly status: number;
  /** Address that answered, after redirects. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export const maximumHops = 5;

/**
 * Sends a request and reads the whole answer, whatever its status. GET and HEAD follow redirects, without the
 * credentials where they lead to another origin. Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY;
 * this machine is never asked through one.
 * Throws HttpRefusal, or where no complete answer came: refused, reset, cut short, too late.
 */
export async function sendRequest(url: string, request: HttpRequest = {}, hops = 0): Promise<HttpAnswer> {
  const answer = await sendOnce(new URL(url), request);
  const location = answer.headers.get("location");
  const follows = [301, 302, 303, 307, 308].includes(answer.status) && /^(?:GET|HEAD)$/u.test(request.method ?? "GET");
  if (!follows || location === undefined || !URL.canParse(location, url)) return answer;
  const target = new URL(location, url);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  request.checkRedirect?.(target);
  const headers = target.origin === new URL(url).origin ? request.headers : withoutCredentials(request.headers ?? {});
  return sendRequest(target.href, { ...request, headers: headers ?? {} }, hops + 1);
}

export function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/iu.test(name)));
}

function sendOnce(url: URL, request: HttpRequest): Promise<HttpAnswer> {
  const { timeout = 60_000, maximumBytes = Number.POSITIVE_INFINITY } = request;
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, {
      method: request.method ?? "GET",
      headers: { "accept-encoding": "gzip", ...request.headers },
    });
    const timer = setTimeout(() => sent.destroy(new Error(`No complete answer within ${timeout / 1000} s`)), timeout);
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.on("response", (message) => {
      readBody(message, maximumBytes)
        .then((body) =>
          resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body }),
        )
        .catch(reject)
        .finally(() => clearTimeout(timer));
    });
    sent.end(request.body);
  });
}

export async function readBody(message: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Ends with ECONNRESET where fewer bytes come than the headers promised.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBytes) throw new TooLarge(`it gives more than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (message.headers["content-encoding"] !== "gzip" || body.length === 0) return body;
  return gunzip(body, maximumBytes);
}

function gunzip(body: Buffer, maximumBytes: number): Buffer {
  const limit = Number.isFinite(maximumBytes) ? { maxOutputLength: maximumBytes } : {};
  try {
    return process.getBuiltinModule("node:zlib").gunzipSync(body, limit);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw cause;
    throw new TooLarge(`it gives more than ${maximumBytes} bytes`, { cause });
  }
}

export function readHeaders(message: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
    ),
  );
}

type Transport = Pick<typeof import("node:http"), "request">;
const transports = new Map<string, Transport>();

export function pickTransport({ protocol, hostname }: URL): Transport {
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
  const key = `${protocol}${isLoopback}`;
  const known = transports.get(key);
  if (known) return known;
  // Not imported: an ES import of these reads every export, and one of them loads all of fetch.
  const module = process.getBuiltinModule(protocol === "http:" ? "node:http" : "node:https");
  const agent = new module.Agent({ keepAlive: true, ...(isLoopback ? {} : { proxyEnv: process.env }) });
  const transport: Transport = {
    request: (url: string | URL | object, options?: object) => module.request(url as URL, { ...options, agent }),
  };
  transports.set(key, transport);
  return transport;
}
