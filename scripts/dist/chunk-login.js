import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  mayLead,
  sendRequest
} from "./chunk-request.js";
import {
  HttpRefusal
} from "./chunk-refusal.js";
import {
  parseRetryAfter
} from "./chunk-retry.js";
import {
  classifyPushError
} from "./chunk-semver.js";
import {
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  InputError,
  isLoopback
} from "./chunk-image-name.js";

// lib/registry/address.ts
function parseRegistryAddress(image) {
  const slash = image.indexOf("/");
  const host = image.slice(0, slash);
  const path = image.slice(slash + 1);
  if (slash < 1 || path === "" || !/^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/iu.test(host)) {
    throw new InputError(`The image ${quoteValue(image)} names no registry: write it as \`host/path\`.`);
  }
  if (host === "docker.io" || host === "index.docker.io") {
    return {
      host: "docker.io",
      url: "https://registry-1.docker.io",
      path,
      configKey: "https://index.docker.io/v1/"
    };
  }
  return { host, url: `${isLoopback(host) ? "http" : "https"}://${host}`, path, configKey: host };
}

// lib/registry/error.ts
var RegistryError = class extends Error {
  /** HTTP status; 0 when no answer came. */
  status;
  /** Whether asking again can help. */
  transient;
  /** The pause the registry asked for, milliseconds. */
  retryAfter;
  constructor(message, facts) {
    super(message, facts.cause === void 0 ? void 0 : { cause: facts.cause });
    this.name = "RegistryError";
    this.status = facts.status ?? 0;
    this.transient = facts.transient;
    this.retryAfter = facts.retryAfter;
  }
};
var TOKEN = "the token";
function errorOfAnswer(purpose, status, headers, body, now) {
  const told = describeBody(body);
  const answer = `${status}${told === "" ? "" : ` ${told}`}`;
  const facts = { status, retryAfter: parseRetryAfter(headers.get("retry-after"), now) };
  const { host, image, action, what } = purpose;
  if (status === 401) {
    return new RegistryError(
      `${host} refused the login for ${image} (${answer}): log in with a user and a token that are valid there before this step.`,
      { ...facts, transient: false }
    );
  }
  if (status === 403) {
    const transient2 = isSecondaryLimit(headers, body);
    const advice2 = what === TOKEN ? "log in with a user and a token that are valid there." : permissionAdvice(host, action);
    const sentence = transient2 ? `${host} refused ${what} of ${image} without a reason (${answer}), as it does under load; if it stays: ${advice2}` : `${host} does not let this login ${action === "write" ? "write to" : "read"} ${image} (${answer}): ${advice2}`;
    return new RegistryError(sentence, { ...facts, transient: transient2 });
  }
  const known = classifyPushError(told);
  const transient = isTransientStatus(status) || known.transient;
  const advice = action === "write" && (status === 415 || known.kind === "media-types") ? ` ${known.advice}` : "";
  const verb = action === "write" ? "did not take" : action === "read" ? "did not give" : "gave no token for";
  return new RegistryError(`${host} ${verb} ${what} of ${image} (${answer}).${advice}`, { ...facts, transient });
}
function errorOfConnection(purpose, cause) {
  return new RegistryError(
    `${purpose.host} could not be reached for ${purpose.what} of ${purpose.image} (${describeCause(cause)}).`,
    { transient: true, cause }
  );
}
function isTransientStatus(status) {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
function isSecondaryLimit(headers, body) {
  if (headers.has("retry-after")) return true;
  return classifyPushError(describeBody(body)).transient;
}
function permissionAdvice(host, action) {
  if (host === "docker.io")
    return "use an access token with the right to read and write, of a user of that repository.";
  const scope = action === "write" ? "packages: write" : "packages: read";
  return `grant \`${scope}\` in the \`permissions\` of the calling job, and give this repository the ${action === "write" ? "Write" : "Read"} role in the package's settings (Manage Actions access).`;
}
function describeBody(body) {
  try {
    const parsed = JSON.parse(body);
    const errors = parsed.errors;
    if (Array.isArray(errors)) {
      const parts = errors.map(
        (item) => [item?.code, item?.message].filter((part) => typeof part === "string" && part !== "").map(String).map((part, index) => index === 0 ? part.toLowerCase() : part).join(": ")
      );
      return shorten(parts.join("; "));
    }
  } catch {
  }
  return shorten(body.replace(/<[^<>]*>/gu, " "));
}
function shorten(text) {
  const line = showText(text.slice(0, 1e4).replace(/\s+/gu, " ").trim());
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
function describeCause(cause) {
  if (!(cause instanceof Error)) return shorten(String(cause));
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = inner.code;
  return shorten(typeof code === "string" ? code : inner.message);
}

// lib/registry/request.ts
async function askRegistry(purpose, url, request) {
  const { authorization, ...rest } = request;
  const headers = {
    // Digests and sizes are of the bytes as they are.
    "accept-encoding": "identity",
    ...request.headers,
    ...authorization === void 0 ? {} : { authorization }
  };
  try {
    return await sendRequest(url, { ...rest, headers });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error }
    );
  }
}

// lib/registry/login.ts
var MAXIMUM_TOKEN = 128 * 1024;
function createRegistryLogin(address, lookUp, timeLimit) {
  let challenge;
  const headers = /* @__PURE__ */ new Map();
  const obtain = async (scope, asked) => {
    const credential = await lookUp();
    if (asked.scheme === "bearer") return `Bearer ${await fetchToken(address, asked, scope, credential, timeLimit)}`;
    if (credential?.kind === "password") return basicHeader(credential);
    throw new RegistryError(
      `${address.host} asks for a user and a password and Docker's config has none: log in to it before this step.`,
      { status: 401, transient: false }
    );
  };
  return {
    authorize: (scope) => {
      if (challenge === void 0) return Promise.resolve(void 0);
      const known = headers.get(scope);
      if (known !== void 0) return known.value;
      const entry = { value: obtain(scope, challenge) };
      headers.set(scope, entry);
      entry.value.then(
        (value) => {
          entry.settled = value;
        },
        () => {
          if (headers.get(scope) === entry) headers.delete(scope);
        }
      );
      return entry.value;
    },
    challenge: (header, scope, used) => {
      challenge = parseChallenge(address, header) ?? challenge;
      if (used !== void 0 && headers.get(scope)?.settled === used) headers.delete(scope);
    }
  };
}
function parseChallenge({ host, url }, header) {
  if (header === void 0) return void 0;
  if (/^basic\b/iu.test(header)) return { scheme: "basic" };
  if (!/^bearer\b/iu.test(header)) return void 0;
  const parameter = (name) => new RegExp(`\\b${name}="([^"]*)"`, "iu").exec(header)?.[1];
  const realm = parameter("realm") ?? "";
  if (!URL.canParse(realm) || !mayLead(new URL(url), new URL(realm))) {
    throw new InputError(
      `${host} names the token service ${quoteValue(realm)}: only https is used for logins, and no other registry leads to this machine.`
    );
  }
  return { scheme: "bearer", realm: new URL(realm), service: parameter("service") ?? "" };
}
async function fetchToken(address, { realm, service }, scope, credential, timeLimit) {
  const purpose = {
    host: address.host,
    image: `${address.host}/${address.path}`,
    action: scope.includes("push") ? "write" : "read",
    what: TOKEN
  };
  const { url, request } = askForToken(realm, service, scope, credential);
  const answer = await askRegistry(purpose, url.href, { ...request, timeout: timeLimit, maximumBytes: MAXIMUM_TOKEN });
  const body = answer.body.toString();
  if (answer.status < 200 || answer.status > 299) {
    throw errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
  }
  const token = tokenOf(body);
  if (token !== void 0) return token;
  throw new RegistryError(`The token service ${realm.host} answered ${answer.status} without a token.`, {
    status: answer.status,
    transient: true
  });
}
function askForToken(realm, service, scope, credential) {
  const url = new URL(realm);
  if (credential?.kind === "identity-token") {
    const form = {
      grant_type: "refresh_token",
      refresh_token: credential.token,
      service,
      scope,
      client_id: "longshore"
    };
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url, request: { method: "POST", headers, body: new URLSearchParams(form).toString() } };
  }
  if (service !== "") url.searchParams.set("service", service);
  for (const each of scope === "" ? [] : scope.split(" ")) url.searchParams.append("scope", each);
  return { url, request: credential === void 0 ? {} : { authorization: basicHeader(credential) } };
}
function tokenOf(body) {
  try {
    const { token, access_token } = JSON.parse(body);
    return [token, access_token].find(
      (text) => typeof text === "string" && /^[\x21-\x7e]+$/u.test(text)
    );
  } catch {
    return void 0;
  }
}
function basicHeader({ username, password }) {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

export {
  parseRegistryAddress,
  RegistryError,
  errorOfAnswer,
  errorOfConnection,
  askRegistry,
  createRegistryLogin
};
