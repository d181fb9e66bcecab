import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  HttpRefusal,
  TooLarge,
  TooLate
} from "./chunk-refusal.js";
import {
  isLinkLocal,
  isLoopback
} from "./chunk-image-name.js";

// lib/http/redirect.ts
var maximumHops = 5;
function mayLead(from, to) {
  if (to.origin === from.origin) return true;
  if (isLoopback(from.host) && isLoopback(to.host)) return /^https?:$/u.test(to.protocol);
  return to.protocol === "https:" && !isLoopback(to.host) && !isLinkLocal(to.host);
}
function followRedirect({ url, headers }, answer, hops) {
  const location = answer.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === void 0) return void 0;
  if (!URL.canParse(location, url.href)) return void 0;
  const target = new URL(location, url.href);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  if (!mayLead(url, target)) throw new HttpRefusal(`it sends us to ${describePlace(target)}`);
  return { url: target, headers: target.origin === url.origin ? headers : withoutCredentials(headers) };
}
function describePlace(target) {
  return `${target.protocol}//${target.host}: only https is followed, and no other registry leads to this machine`;
}
function withoutCredentials(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/iu.test(name)));
}

// lib/http/find-proxy.ts
function findProxy(url, env) {
  const name = url.protocol === "https:" ? "https_proxy" : "http_proxy";
  const setting = [name, name.toUpperCase(), "all_proxy", "ALL_PROXY"].find((variable) => env[variable]?.trim());
  if (setting === void 0 || isLoopback(url.host) || isExcepted(url, env.no_proxy || env.NO_PROXY || "")) {
    return void 0;
  }
  const value = env[setting]?.trim() ?? "";
  const text = value.includes("://") ? value : `http://${value}`;
  if (URL.canParse(text)) {
    const proxy = new URL(text);
    if (/^https?:$/u.test(proxy.protocol) && proxy.hostname !== "") return proxy;
  }
  throw new HttpRefusal(`it is behind a proxy, and the variable ${setting} is not like http://host:port`);
}
function isExcepted({ protocol, hostname, port }, list) {
  const host = hostname.replace(/^\[|\]$/gu, "").replace(/\.$/u, "");
  const asked = port || (protocol === "https:" ? "443" : "80");
  return list.toLowerCase().split(/[,\s]/u).filter((entry) => entry !== "").some((entry) => matches(entry, host, asked));
}
function matches(entry, host, asked) {
  if (entry === "*") return true;
  const parts = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/u.exec(entry);
  const [bracketed, bare = "", port = asked] = parts === null ? [void 0, entry] : parts.slice(1);
  const name = (bracketed ?? bare).replace(/^\*?\./u, "").replace(/\.$/u, "");
  if (port !== asked || name === "") return false;
  return name === host || host.endsWith(`.${name}`) || isWithin(name, host);
}
function isWithin(network, address) {
  const { BlockList, isIP } = process.getBuiltinModule("node:net");
  const [base = "", bits = isIP(network) === 6 ? "128" : "32"] = network.split("/");
  const family = { 4: "ipv4", 6: "ipv6" };
  const ours = isIP(address);
  const theirs = isIP(base);
  if (ours === 0 || theirs === 0 || !/^\d{1,3}$/u.test(bits) || Number(bits) > (theirs === 4 ? 32 : 128)) return false;
  const networks = new BlockList();
  networks.addSubnet(base, Number(bits), family[theirs]);
  return networks.check(address, family[ours]);
}

// lib/http/transport.ts
var transports = /* @__PURE__ */ new Map();
async function pickTransport(url) {
  const proxy = findProxy(url, process.env);
  const key = `${url.protocol} ${proxy?.href ?? ""}`;
  const known = transports.get(key);
  if (known) return known;
  const transport = proxy === void 0 ? openTransport(url.protocol) : await openThrough(proxy, url.protocol);
  transports.set(key, transport);
  return transport;
}
function openTransport(protocol) {
  const { Agent, request } = process.getBuiltinModule(protocol === "http:" ? "node:http" : "node:https");
  const agent = new Agent({ keepAlive: true });
  return { request: (url, options) => request(url, { ...options, agent }) };
}
async function openThrough(proxy, protocol) {
  const { openProxyTransport } = await import("./chunk-proxy-transport.js");
  return openProxyTransport(proxy, protocol);
}

// lib/http/request.ts
var usualTimeout = 2e4;
var usualMaximum = 16 * 1024 * 1024;
var crumb = 16;
var mostCrumbs = 2e4;
var mostInterim = 16;
var longestRefusal = 64 * 1024;
async function sendRequest(url, request = {}) {
  const timeout = request.timeout ?? usualTimeout;
  const end = performance.now() + timeout;
  const mayFollow = /^(?:GET|HEAD)$/u.test(request.method ?? "GET");
  let place = { url: new URL(url), headers: request.headers ?? {} };
  for (let hops = 0; ; hops += 1) {
    const answer = await sendOnce(place.url, { ...request, headers: place.headers }, timeout, end - performance.now());
    const next = mayFollow ? followRedirect(place, answer, hops) : void 0;
    if (next === void 0) return answer;
    place = next;
  }
}
async function sendOnce(url, request, timeout, left) {
  const { request: start } = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = start(url, {
      method: request.method ?? "GET",
      headers: { "accept-encoding": "gzip", ...request.headers }
    });
    const timer = setTimeout(
      () => sent.destroy(new TooLate(`No complete answer within ${timeout / 1e3} s`)),
      Math.max(0, left)
    );
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    refuseInterim(sent);
    sent.on("response", (message) => {
      readBody(message, request.maximumBytes ?? usualMaximum).then(
        (body) => resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body })
      ).catch(reject).finally(() => clearTimeout(timer));
    });
    sent.end(request.body);
  });
}
function refuseInterim(sent) {
  let count = 0;
  sent.on("information", () => {
    count += 1;
    if (count > mostInterim) sent.destroy(new HttpRefusal("it gives interim answers without end"));
  });
}
function readBody(message, maximumBytes) {
  const refused = (message.statusCode ?? 0) >= 300;
  const most = refused ? longestRefusal : maximumBytes;
  const body = unpack(message);
  let kept = Buffer.alloc(Math.min(16 * 1024, most));
  let size = 0;
  let pieces = 0;
  const keep = (chunk) => {
    const end = Math.min(most, size + chunk.length);
    if (end > kept.length) kept = Buffer.concat([kept], Math.min(most, Math.max(kept.length * 2, end)));
    size += chunk.copy(kept, size, 0, end - size);
  };
  return new Promise((resolve, reject) => {
    const refuse = (error) => {
      reject(error);
      body.destroy();
    };
    body.on("data", (chunk) => {
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
    body.on("error", (error) => {
      if (!came && "code" in error && error.code === "Z_BUF_ERROR") resolve(Buffer.alloc(0));
      else reject(error);
    });
  });
}
function unpack(message) {
  if (message.headers["content-encoding"] !== "gzip") return message;
  const { createGunzip } = process.getBuiltinModule("node:zlib");
  return process.getBuiltinModule("node:stream").pipeline(message, createGunzip(), () => {
  });
}
function readHeaders(message) {
  return new Map(
    Object.entries(message.headers).flatMap(
      ([name, value]) => value === void 0 ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]]
    )
  );
}

export {
  mayLead,
  followRedirect,
  describePlace,
  pickTransport,
  sendRequest,
  refuseInterim,
  readBody,
  readHeaders
};
