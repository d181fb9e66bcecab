import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// ../packages/language/src/input-error.ts
var InputError = class extends Error {
  name = "InputError";
};

// ../packages/language/src/loopback.ts
function isLoopback(host2) {
  const name = normaliseHost(host2);
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  return /^(?:(?:127|0)\.\d+\.\d+\.\d+|\[::1?\]|\[::(?:ffff:)?7f[0-9a-f]{2}:[0-9a-f]{1,4}\]|\[::ffff:0:0\])$/.test(
    name
  );
}
function isLinkLocal(host2) {
  return /^(?:169\.254\.\d+\.\d+|\[fe[89ab][0-9a-f]:[0-9a-f:]*\]|\[::(?:ffff:)?a9fe:[0-9a-f]{1,4}\])$/.test(
    normaliseHost(host2)
  );
}
function normaliseHost(host2) {
  const address = `http://${host2}/`;
  if (/[/?#@\\\s]/.test(host2) || !URL.canParse(address)) return "";
  return new URL(address).hostname.replace(/\.$/, "");
}

// ../packages/language/src/quote.ts
function quote(value) {
  const text = value === void 0 ? "nothing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…"` : text;
}

// ../packages/language/src/image-name.ts
var pathComponent = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
var path = new RegExp(`^${pathComponent}(?:/${pathComponent})*$`);
var label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
var host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::([0-9]{1,5}))?$`);
function normaliseImage(text) {
  const given = text.trim();
  const refuse2 = (why) => {
    throw new InputError(`Image name ${quote(given)} ${why}; give a repository such as ghcr.io/acme/app.`);
  };
  const name = withoutScheme(given.toLowerCase(), refuse2);
  if (name.includes("@")) return refuse2("holds a digest");
  const { registry, rest } = splitHost(name);
  const colon = rest.lastIndexOf(":");
  if (colon > rest.lastIndexOf("/")) return refuse2(`holds a tag (${quote(rest.slice(colon + 1))})`);
  const [, port] = host.exec(registry) ?? refuse2(`has ${quote(registry)} where its registry should be`);
  if (port !== void 0 && (Number(port) < 1 || Number(port) > 65535)) return refuse2(`has no port ${port}`);
  if (!path.test(rest)) return refuse2(rest === "" ? "names no repository" : "is not a legal repository name");
  const repository = `${registry}/${rest}`;
  if (repository.length > 255) return refuse2("is longer than 255 characters");
  if (registry === "docker.io" && !rest.includes("/")) return `docker.io/library/${rest}`;
  if (registry === "ghcr.io" && !rest.includes("/")) return refuse2("lacks the owner that GHCR's repositories have");
  return repository;
}
function withoutScheme(name, refuse2) {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(name) ?? [];
  if (scheme === void 0) return name;
  if (scheme === "http" && isLoopback(rest.split("/")[0] ?? "")) return rest;
  if (scheme === "http") return refuse2("asks for http, which is spoken to loopback registries only");
  return refuse2(`starts with ${scheme}://`);
}
function splitHost(name) {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  if (!/[.:]/.test(first) && first !== "localhost") return { registry: "docker.io", rest: name };
  return { registry: first === "index.docker.io" ? "docker.io" : first, rest: name.slice(slash + 1) };
}
function defaultImage(repository) {
  return normaliseImage(`ghcr.io/${repository}`);
}

// ../packages/language/src/json-value.ts
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// ../packages/language/src/refuse.ts
function describeRefusal(key, value, advice) {
  return `${key} is ${quote(value)}: ${advice}.`;
}

export {
  InputError,
  isLoopback,
  isLinkLocal,
  quote,
  normaliseImage,
  defaultImage,
  isRecord,
  describeRefusal
};
