import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  HttpRefusal,
  TooLate
} from "./chunk-refusal.js";
import "./chunk-runtime.js";

// lib/http/proxy-transport.ts
var timeout = 1e4;
function openProxyTransport(proxy, protocol) {
  const { Agent, request } = process.getBuiltinModule(proxy.protocol === "https:" ? "node:https" : "node:http");
  const way = {
    host: proxy.hostname.replace(/^\[|\]$/gu, ""),
    port: proxy.port || (proxy.protocol === "https:" ? 443 : 80)
  };
  const login = loginOf(proxy);
  if (protocol === "http:") {
    const agent2 = new Agent({ keepAlive: true });
    return {
      request: (url, options) => {
        const headers = { ...options.headers, ...login, host: url.host };
        return request({ ...options, ...way, agent: agent2, path: `${url.origin}${url.pathname}${url.search}`, headers });
      }
    };
  }
  const https = process.getBuiltinModule("node:https");
  class TunnelAgent extends https.Agent {
    createConnection(options, done) {
      const authority = `${options.host?.includes(":") ? `[${options.host}]` : options.host}:${options.port}`;
      const fail = done;
      const asked = request({
        ...way,
        agent: false,
        method: "CONNECT",
        path: authority,
        headers: { ...login, host: authority }
      });
      const timer = setTimeout(
        () => asked.destroy(new TooLate(`The proxy gave no answer within ${timeout / 1e3} s`)),
        timeout
      );
      asked.on("close", () => clearTimeout(timer));
      asked.on("error", fail);
      asked.on("response", (message) => refuse(asked, message, fail));
      asked.on("connect", (message, socket) => {
        clearTimeout(timer);
        if (message.statusCode !== 200) return refuse(asked, message, fail, socket);
        try {
          done(null, super.createConnection({ ...options, socket }));
        } catch (error) {
          socket.destroy();
          fail(error);
        }
      });
      asked.end();
      return void 0;
    }
  }
  const agent = new TunnelAgent({ keepAlive: true });
  return { request: (url, options) => https.request(url, { ...options, agent }) };
}
function refuse(asked, message, fail, socket) {
  const status = message.statusCode ?? 0;
  socket?.destroy();
  message.destroy();
  asked.destroy();
  fail(status >= 500 ? new Error(`its proxy answers ${status}`) : new HttpRefusal(`its proxy answers ${status}`));
}
function loginOf({ username, password }) {
  if (username === "" && password === "") return {};
  const login = `${decode(username)}:${decode(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
export {
  openProxyTransport
};
