import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { HttpRefusal, TooLate } from "./refusal.ts";
import type { Transport } from "./transport-type.ts";

/** Until the proxy has opened its way, milliseconds. */
const timeout = 10_000;

/**
 * Reaches https addresses by a tunnel (CONNECT), http ones by asking the proxy for the whole address. Node's own `proxyEnv` is
 * not in every Node that is promised; and as https-proxy-agent does, it keeps all that a proxy answers, however much.
 */
export function openProxyTransport(proxy: URL, protocol: string): Transport {
  const { Agent, request } = process.getBuiltinModule(proxy.protocol === "https:" ? "node:https" : "node:http");
  const way = {
    host: proxy.hostname.replace(/^\[|\]$/gu, ""),
    port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
  };
  const login = loginOf(proxy);
  if (protocol === "http:") {
    const agent = new Agent({ keepAlive: true });
    return {
      request: (url, options) => {
        const headers = { ...(options.headers as Record<string, string>), ...login, host: url.host };
        return request({ ...options, ...way, agent, path: `${url.origin}${url.pathname}${url.search}`, headers });
      },
    };
  }
  const https = process.getBuiltinModule("node:https");
  class TunnelAgent extends https.Agent {
    override createConnection(
      options: RequestOptions,
      done: (error: Error | null, socket: Duplex) => void,
    ): Duplex | null | undefined {
      const authority = `${options.host?.includes(":") ? `[${options.host}]` : options.host}:${options.port}`;
      const fail = done as (error: Error) => void;
      const asked = request({
        ...way,
        agent: false,
        method: "CONNECT",
        path: authority,
        headers: { ...login, host: authority },
      });
      const timer = setTimeout(
        () => asked.destroy(new TooLate(`The proxy gave no answer within ${timeout / 1000} s`)),
        timeout,
      );
      asked.on("close", () => clearTimeout(timer));
      asked.on("error", fail);
      asked.on("response", (message) => refuse(asked, message, fail));
      asked.on("connect", (message: IncomingMessage, socket: Socket) => {
        clearTimeout(timer);
        if (message.statusCode !== 200) return refuse(asked, message, fail, socket);
        try {
          done(null, super.createConnection({ ...options, socket } as RequestOptions) as Duplex);
        } catch (error) {
          socket.destroy();
          fail(error as Error);
        }
      });
      asked.end();
      return undefined;
    }
  }
  const agent = new TunnelAgent({ keepAlive: true });
  return { request: (url, options) => https.request(url, { ...options, agent }) };
}

function refuse(asked: ClientRequest, message: IncomingMessage, fail: (error: Error) => void, socket?: Socket): void {
  const status = message.statusCode ?? 0;
  socket?.destroy();
  message.destroy();
  asked.destroy();
  // A gateway that fails may be well again; a refusal or a missing login stays.
  fail(status >= 500 ? new Error(`its proxy answers ${status}`) : new HttpRefusal(`its proxy answers ${status}`));
}

function loginOf({ username, password }: URL): { readonly "proxy-authorization"?: string } {
  if (username === "" && password === "") return {};
  const login = `${decode(username)}:${decode(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % in a password
  }
}
