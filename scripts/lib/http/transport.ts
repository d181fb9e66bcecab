import { findProxy } from "./find-proxy.ts";
import type { Transport } from "./transport-type.ts";

const transports = new Map<string, Transport>();

/** How an address is reached: itself, or through the proxy of the environment. Throws HttpRefusal where that is none. */
export async function pickTransport(url: URL): Promise<Transport> {
  const proxy = findProxy(url, process.env);
  const key = `${url.protocol} ${proxy?.href ?? ""}`;
  const known = transports.get(key);
  if (known) return known;
  const transport = proxy === undefined ? openTransport(url.protocol) : await openThrough(proxy, url.protocol);
  transports.set(key, transport);
  return transport;
}

function openTransport(protocol: string): Transport {
  // Not imported: an ES import of these reads every export, and one of them loads all of fetch.
  const { Agent, request } = process.getBuiltinModule(protocol === "http:" ? "node:http" : "node:https");
  const agent = new Agent({ keepAlive: true });
  return { request: (url, options) => request(url, { ...options, agent }) };
}

/** Nobody without a proxy pays for what reaches through one. */
async function openThrough(proxy: URL, protocol: string): Promise<Transport> {
  const { openProxyTransport } = await import("./proxy-transport.ts");
  return openProxyTransport(proxy, protocol);
}
