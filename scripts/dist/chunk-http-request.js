import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/http-request.ts
var HttpRefusal = class extends Error {
};
var TooLarge = class extends HttpRefusal {
};
var maximumHops = 5;
async function sendRequest(url, request = {}, hops = 0) {
  const answer = await sendOnce(new URL(url), request);
  const location = answer.headers.get("location");
  const follows = [301, 302, 303, 307, 308].includes(answer.status) && /^(?:GET|HEAD)$/u.test(request.method ?? "GET");
  if (!follows || location === void 0 || !URL.canParse(location, url)) return answer;
  const target = new URL(location, url);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  request.checkRedirect?.(target);
  const headers = target.origin === new URL(url).origin ? request.headers : withoutCredentials(request.headers ?? {});
  return sendRequest(target.href, { ...request, headers: headers ?? {} }, hops + 1);
}
function withoutCredentials(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/iu.test(name)));
}
function sendOnce(url, request) {
  const { timeout = 6e4, maximumBytes = Number.POSITIVE_INFINITY } = request;
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, {
      method: request.method ?? "GET",
      headers: { "accept-encoding": "gzip", ...request.headers }
    });
    const timer = setTimeout(() => sent.destroy(new Error(`No complete answer within ${timeout / 1e3} s`)), timeout);
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.on("response", (message) => {
      readBody(message, maximumBytes).then(
        (body) => resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body })
      ).catch(reject).finally(() => clearTimeout(timer));
    });
    sent.end(request.body);
  });
}
async function readBody(message, maximumBytes) {
  const chunks = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maximumBytes) throw new TooLarge(`it gives more than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (message.headers["content-encoding"] !== "gzip" || body.length === 0) return body;
  return gunzip(body, maximumBytes);
}
function gunzip(body, maximumBytes) {
  const limit = Number.isFinite(maximumBytes) ? { maxOutputLength: maximumBytes } : {};
  try {
    return process.getBuiltinModule("node:zlib").gunzipSync(body, limit);
  } catch (cause) {
    if (cause.code !== "ERR_BUFFER_TOO_LARGE") throw cause;
    throw new TooLarge(`it gives more than ${maximumBytes} bytes`, { cause });
  }
}
function readHeaders(message) {
  return new Map(
    Object.entries(message.headers).flatMap(
      ([name, value]) => value === void 0 ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]]
    )
  );
}
var transports = /* @__PURE__ */ new Map();
function pickTransport({ protocol, hostname }) {
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
  const key = `${protocol}${isLoopback}`;
  const known = transports.get(key);
  if (known) return known;
  const module = process.getBuiltinModule(protocol === "http:" ? "node:http" : "node:https");
  const agent = new module.Agent({ keepAlive: true, ...isLoopback ? {} : { proxyEnv: process.env } });
  const transport = {
    request: (url, options) => module.request(url, { ...options, agent })
  };
  transports.set(key, transport);
  return transport;
}

export {
  HttpRefusal,
  TooLarge,
  maximumHops,
  sendRequest,
  withoutCredentials,
  readBody,
  readHeaders,
  pickTransport
};
