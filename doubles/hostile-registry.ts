import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";

/** A registry that means harm. What it does is the name of the repository asked for: `acme/<behaviour>`. */
export interface HostileRegistry {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly url: string;
  /** Method and path of each request, in their order. */
  readonly requests: readonly string[];
  /** Answers requests of a server of one's own, such as one that speaks TLS. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly stop: () => Promise<void>;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse, place: Place) => unknown;

interface Place {
  /** Address of the server as the client writes it. */
  readonly url: string;
  /** The last part of the path: a tag, a digest, `list`. */
  readonly reference: string;
}

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const year = String(365 * 24 * 3600);
const megabyte = Buffer.alloc(1024 * 1024, " ");

/** All of them, by name. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  /** The connection is accepted, and nothing comes. */
  silent: () => {},
  "slow-drip": (_request, response) => {
    response.writeHead(200, { "content-type": INDEX });
    const timer = setInterval(() => response.write(" "), 500);
    response.on("close", () => clearInterval(timer));
  },
  "slow-header": (_request, response) => {
    response.socket?.write("HTTP/1.1 200 OK\r\nx-slow: ");
    const timer = setInterval(() => response.socket?.write("."), 500);
    response.socket?.on("close", () => clearInterval(timer));
  },
  endless: (_request, response) => {
    response.writeHead(200, { "content-type": INDEX });
    flood(response, megabyte);
  },
  /** More than the manifest may have, in pieces of one byte each: what is kept of each piece counts. */
  crumbs: (_request, response) => {
    response.writeHead(200, { "content-type": INDEX }).flushHeaders();
    flood(response.socket ?? response, Buffer.from("1\r\n \r\n".repeat(20_000)));
  },
  "gzip-bomb": (_request, response) => {
    response.writeHead(200, { "content-type": INDEX, "content-encoding": "gzip" });
    flood(response, gzipSync(Buffer.alloc(64 * 1024 * 1024)));
  },
  "600-megabytes": (_request, response) => {
    response.writeHead(200, { "content-type": INDEX, "content-length": String(600 * megabyte.length) });
    flood(response, megabyte);
  },
  "cut-short": (_request, response) => {
    response.writeHead(200, { "content-type": INDEX, "content-length": "4000" });
    response.write("{}", () => response.destroy());
  },
  "huge-header": (_request, response) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\nx-large: ${"a".repeat(1024 * 1024)}`);
    flood(response.socket ?? response, megabyte);
  },
  "early-hints": (_request, response) => {
    flood(response.socket ?? response, Buffer.from("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(1000)));
  },
  "broken-chunks": (_request, response) => {
    response.socket?.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}");
  },
  "angle-brackets": (_request, response) => {
    response.writeHead(400, { "content-type": "text/html" }).end("<".repeat(4 * 1024 * 1024));
  },
  "endless-error": (_request, response) => {
    response.writeHead(403, { "content-type": "text/html" });
    flood(response, Buffer.from("<p>".repeat(10_000)));
  },
  "redirect-loop": (_request, response, { url }) => {
    response.writeHead(307, { location: `${url}/v2/acme/redirect-loop/manifests/${randomUUID()}` });
    flood(response, megabyte);
  },
  "redirect-to-this-machine": (_request, response) => {
    response.writeHead(307, { location: "https://[::ffff:127.0.0.1]/secret" }).end();
  },
  "a-year": (_request, response) => {
    response.writeHead(429, { "retry-after": year }).end('{"errors":[{"code":"TOOMANYREQUESTS"}]}');
  },
  "nested-100000": (_request, response) => {
    const body = `{"manifests":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    response.writeHead(200, { "content-type": INDEX }).end(body);
  },
  "many-values": (_request, response) => {
    response.writeHead(200, { "content-type": INDEX }).end(`{"a":[${"{},".repeat(1_300_000)}{}]}`);
  },
  "many-parts": (_request, response) => {
    sendManifest(response, indexOf(Array.from({ length: 12_000 }, (_, part) => digestOf(String(part)))));
  },
  "names-itself": (_request, response, { reference }) => {
    const digest = reference.startsWith("sha256:") ? reference : digestOf("it");
    sendManifest(response, indexOf([digest]));
  },
  /** 25 manifests, each of which names the one below twice. */
  "twice-each": (_request, response, { reference }) => {
    const found = tower.find(({ digest }) => digest === reference) ?? tower.at(-1);
    sendManifest(response, found?.text ?? "");
  },
  "tags-in-a-circle": (_request, response, { reference }) => {
    const link = '</v2/acme/tags-in-a-circle/tags/list?n=1000&last=a>; rel="next"';
    if (!reference.startsWith("list")) return response.writeHead(404).end();
    response.writeHead(200, { link }).end('{"name":"acme/tags-in-a-circle","tags":["main"]}');
  },
  "tags-without-end": (_request, response, { reference }) => {
    const link = `</v2/acme/tags-without-end/tags/list?n=1000&last=${randomUUID()}>; rel="next"`;
    if (!reference.startsWith("list")) return response.writeHead(404).end();
    const tags = Array.from({ length: 20_000 }, () => `${randomUUID()}${randomUUID()}`);
    response.writeHead(200, { link }).end(JSON.stringify({ name: "acme/tags-without-end", tags }));
  },
  "token-endless": askForToken,
  "token-silent": askForToken,
  "token-page": askForToken,
  "token-100-megabytes": askForToken,
  "token-of-two-lines": askForToken,
  "realm-on-this-machine": askForToken,
};

/** Those that play with the body: a HEAD gets what all is well with. */
const withBody = new Set([
  ...["slow-drip", "endless", "crumbs", "gzip-bomb", "600-megabytes", "cut-short", "broken-chunks"],
  ...["angle-brackets", "endless-error", "many-values"],
]);

/** What the token service says to those that ask for a token. */
const tokenAnswers: Readonly<Record<string, Behaviour>> = {
  "token-endless": (_request, response) => flood(response.writeHead(200), megabyte),
  "token-silent": () => {},
  "token-page": (_request, response) => response.writeHead(200).end("<html>Please log in</html>"),
  "token-100-megabytes": (_request, response) => {
    response.writeHead(200).end(JSON.stringify({ token: "a".repeat(100 * megabyte.length) }));
  },
  "token-of-two-lines": (_request, response) => {
    response.writeHead(200).end(JSON.stringify({ token: "a\r\nx-injected: b" }));
  },
};

export async function startHostileRegistry(): Promise<HostileRegistry> {
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.url}`);
    response.on("error", () => {});
    const protocol = "encrypted" in request.socket ? "https" : "http";
    const url = `${protocol}://${request.headers.host}`;
    const [, token] = /^\/token\/([a-z0-9-]+)/u.exec(request.url ?? "") ?? [];
    if (token !== undefined) return void tokenAnswers[token]?.(request, response, { url, reference: "" });
    const [, name = "", reference = ""] = /^\/v2\/acme\/([a-z0-9-]+)\/.*?([^/]*)$/u.exec(request.url ?? "") ?? [];
    const behave = behaviours[name];
    if (behave === undefined) return void response.writeHead(404).end();
    if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end();
    if (request.method === "HEAD" && withBody.has(name)) return void sendManifest(response, indexOf([digestOf("it")]));
    behave(request, response, { url, reference });
  };
  const server = createServer(answer);
  server.on("clientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, requests, answer, stop: () => stopServer(server) };
}

export function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function askForToken(request: IncomingMessage, response: ServerResponse, { url }: Place): void {
  const [, name] = /^\/v2\/acme\/([a-z0-9-]+)/u.exec(request.url ?? "") ?? [];
  const realm = name === "realm-on-this-machine" ? "https://127.0.0.2/token/stolen" : `${url}/token/${name}`;
  response.writeHead(401, { "www-authenticate": `Bearer realm="${realm}",service="hostile"` }).end();
}

/** Writes for as long as the other side takes it; the answer to a HEAD has no body. */
function flood(to: ServerResponse | Socket, bytes: Buffer): void {
  if ("req" in to && to.req.method === "HEAD") return void to.end();
  if (to.destroyed) return;
  if (to.write(bytes)) setImmediate(() => flood(to, bytes));
  else to.once("drain", () => flood(to, bytes));
}

const tower = buildTower(25);

function buildTower(height: number): readonly { readonly digest: string; readonly text: string }[] {
  const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf("config"), size: 6 };
  const floors = [JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers: [] })];
  while (floors.length < height) {
    const below = digestOf(floors.at(-1) ?? "");
    floors.push(indexOf([below, below]));
  }
  return floors.map((text) => ({ digest: digestOf(text), text }));
}

function indexOf(digests: readonly string[]): string {
  const manifests = digests.map((digest) => ({
    ...{ mediaType: INDEX, digest, size: 500 },
    platform: { os: "linux", architecture: "amd64" },
  }));
  return JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
}

function sendManifest(response: ServerResponse, text: string): void {
  const { mediaType } = JSON.parse(text) as { mediaType: string };
  const length = String(Buffer.byteLength(text));
  const headers = { "content-type": mediaType, "docker-content-digest": digestOf(text), "content-length": length };
  response.writeHead(200, headers).end(text);
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
