import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

/**
 * An HTTP proxy that knows names below `.corp.test` which nobody else does. It means harm to those that log in as `refuse`,
 * `silent`, `endless-header` or `drip`.
 */
export interface ConnectProxy {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** `CONNECT name:port` or `GET http://…`, and the login in clear. */
  readonly asked: readonly { readonly line: string; readonly login: string }[];
  /** Path of the certificate of the authority, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  /** Who answers at a name, over TLS: a listener, or a port on this machine. */
  readonly serve: (name: string, who: RequestListener | number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const folder = mkdtempSync(join(tmpdir(), "longshore-proxy-"));
  const { key, cert, authority } = makeCertificate(folder);
  const asked: { line: string; login: string }[] = [];
  const ports = new Map<string, number>();
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const listen = async (server: Server): Promise<number> => {
    server.on("connection", (socket: Socket) => {
      sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => {}));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  };
  const note = (line: string, header = ""): string => {
    const login = Buffer.from(header.replace(/^Basic /u, ""), "base64").toString();
    asked.push({ line, login });
    return login.replace(/:.*/u, "");
  };
  const server = createServer((request, response) => {
    note(`${request.method} ${request.url}`, request.headers["proxy-authorization"]);
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket: Socket) => {
    const user = note(`CONNECT ${request.url}`, request.headers["proxy-authorization"]);
    if (misbehaviours.has(user)) return misbehave(user, socket);
    const port = ports.get(request.url?.replace(/:443$/u, "") ?? "");
    if (port === undefined) return void socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n");
    const far = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      far.pipe(socket).pipe(far);
    });
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
  });
  const port = await listen(server);
  return {
    host: `127.0.0.1:${port}`,
    asked,
    authority,
    serve: async (name, who) => {
      const front =
        typeof who === "number"
          ? createTlsServer({ key, cert }, (socket) => {
              const far = connect(who, "127.0.0.1");
              socket.on("error", () => far.destroy());
              far.on("error", () => socket.destroy());
              far.pipe(socket).pipe(far);
            })
          : createSecureServer({ key, cert }, who);
      ports.set(name, await listen(front));
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((one) => new Promise((resolve) => one.close(resolve))));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const misbehaviours = new Set(["refuse", "silent", "endless-header", "drip"]);

function misbehave(manner: string, socket: Socket): void {
  if (manner === "refuse") return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  if (manner === "silent") return;
  socket.write("HTTP/1.1 200 OK\r\nx-long: ");
  if (manner === "drip") {
    const timer = setInterval(() => socket.write("."), 500);
    socket.on("close", () => clearInterval(timer));
    return;
  }
  const piece = Buffer.alloc(64 * 1024, "a");
  const flood = (): void => {
    if (socket.destroyed) return;
    if (socket.write(piece)) setImmediate(flood);
    else socket.once("drain", flood);
  };
  flood();
}

function makeCertificate(folder: string): { readonly key: Buffer; readonly cert: Buffer; readonly authority: string } {
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const names = ["-subj", "/CN=longshore test", "-addext", "subjectAltName=DNS:*.corp.test"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...names, "-keyout", key, "-out", cert], { stdio: "pipe" });
  return { key: readFileSync(key), cert: readFileSync(cert), authority: cert };
}
