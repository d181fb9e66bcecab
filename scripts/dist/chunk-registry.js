import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_stream
} from "./chunk-stream.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import {
  HttpRefusal,
  maximumHops,
  pickTransport,
  readBody,
  readHeaders,
  sendRequest,
  withoutCredentials
} from "./chunk-http-request.js";
import {
  parseRetryAfter,
  require_promises,
  retry
} from "./chunk-retry.js";
import {
  InputError,
  classifyPushError,
  isDigest,
  isLoopback
} from "./chunk-semver.js";
import {
  quoteValue,
  showText
} from "./chunk-escape.js";
import {
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:stream/promises
var require_promises2 = __commonJS({
  "node:node:stream/promises"(exports, module) {
    module.exports = process.getBuiltinModule("node:stream/promises");
  }
});

// lib/registry.ts
var import_node_crypto2 = __toESM(require_node_crypto(), 1);
var import_promises2 = __toESM(require_promises(), 1);

// lib/registry-address.ts
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
function isAllowedUrl(url) {
  return url.protocol === "https:" || url.protocol === "http:" && isLoopback(url.host);
}

// lib/registry-blobs.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_stream = __toESM(require_node_stream(), 1);

// lib/http-stream.ts
var import_promises = __toESM(require_promises2(), 1);
var MAXIMUM_ANSWER = 1024 * 1024;
async function openStream(url, request, hops = 0) {
  const message = await start(new URL(url), request);
  const headers = readHeaders(message);
  const location = headers.get("location");
  const status = message.statusCode ?? 0;
  if (![301, 302, 303, 307, 308].includes(status) || location === void 0 || !URL.canParse(location, url)) {
    return { status, headers, body: message };
  }
  message.resume();
  const target = new URL(location, url);
  if (hops === maximumHops) throw new HttpRefusal("it redirects without end");
  request.checkRedirect(target);
  const kept = target.origin === new URL(url).origin ? request.headers : withoutCredentials(request.headers);
  return openStream(target.href, { ...request, headers: kept }, hops + 1);
}
function start(url, { headers, timeout }) {
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, { method: "GET", headers });
    sent.setTimeout(timeout, () => sent.destroy(new Error(`Nothing came for ${timeout / 1e3} s`)));
    sent.on("error", reject);
    sent.on("response", resolve);
    sent.end();
  });
}
function putStream(url, request) {
  const { headers, timeout, body } = request;
  return new Promise((resolve, reject) => {
    const sent = pickTransport(url).request(url, { method: "PUT", headers });
    sent.setTimeout(timeout, () => sent.destroy(new Error(`Nothing was taken for ${timeout / 1e3} s`)));
    sent.on("error", reject);
    sent.on("response", (message) => {
      readBody(message, MAXIMUM_ANSWER).then(
        (bytes) => resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body: bytes })
      ).catch(reject).finally(() => body.destroy());
    });
    (0, import_promises.pipeline)(body, sent).catch(reject);
  });
}

// lib/registry-error.ts
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
  return shorten(body.replace(/<[^>]*>/gu, " "));
}
function shorten(text) {
  const line = showText(text.replace(/\s+/gu, " ").trim());
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
function describeCause(cause) {
  if (!(cause instanceof Error)) return shorten(String(cause));
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = inner.code;
  return shorten(typeof code === "string" ? code : inner.message);
}

// lib/registry-blobs.ts
var MAXIMUM_ANSWER2 = 1024 * 1024;
function createBlobAccess(session) {
  const { address, purposeOf, keepTrying, ask, authorize, timeLimit: timeout } = session;
  const base = `${address.url}/v2/${address.path}`;
  const headBlob = async (digest) => {
    const purpose = purposeOf("read", `the blob ${digest}`);
    const answer = await ask(purpose, { method: "HEAD", path: `/blobs/${digest}`, maximumBytes: MAXIMUM_ANSWER2 });
    if (answer.status === 404) return false;
    if (answer.status !== 200) throw failed(purpose, answer);
    return true;
  };
  const openBlob = async (blob) => {
    const purpose = purposeOf("read", `the blob ${blob.digest}`);
    if (!await headBlob(blob.digest)) {
      throw new RegistryError(`${purpose.image} does not hold the blob ${blob.digest} that its image is made of.`, {
        status: 404,
        transient: false
      });
    }
    const authorization = await authorize(purpose);
    const headers = { "accept-encoding": "identity", ...authorization === void 0 ? {} : { authorization } };
    const opened = await connect(
      purpose,
      () => openStream(`${base}/blobs/${blob.digest}`, { headers, timeout, checkRedirect })
    );
    if (opened.status !== 200) {
      opened.body.destroy();
      throw errorOfAnswer(purpose, opened.status, opened.headers, "", Date.now());
    }
    const check = checkBytes(purpose, blob);
    opened.body.on("error", (error) => check.destroy(errorOfConnection(purpose, error)));
    check.on("close", () => opened.body.destroy());
    return opened.body.pipe(check);
  };
  const startUpload = async (source, digest) => {
    const purpose = purposeOf("write", `the start of an upload of ${digest}`);
    const start2 = (query, alsoRead) => ask(purpose, { method: "POST", path: `/blobs/uploads/${query}`, maximumBytes: MAXIMUM_ANSWER2, alsoRead });
    const neighbour = source.address.url === address.url ? source.address.path : void 0;
    const mount = neighbour === void 0 ? void 0 : start2(`?mount=${digest}&from=${encodeURIComponent(neighbour)}`, neighbour);
    const mounted = await mount?.catch(ignoreRefusal);
    if (mounted?.status === 201) return void 0;
    const answer = mounted?.status === 202 ? mounted : await start2("");
    if (answer.status !== 202) throw failed(purpose, answer);
    const location = URL.parse(answer.headers.get("location") ?? "", `${base}/blobs/uploads/`);
    if (location === null || !isAllowedUrl(location)) {
      const where = location === null ? "nowhere" : `to ${location.protocol}//${location.host}`;
      throw new RegistryError(`${purpose.host} sends an upload of ${purpose.image} ${where}: only https is followed.`, {
        transient: false
      });
    }
    location.searchParams.set("digest", digest);
    return location;
  };
  const upload = async (location, blob, body) => {
    const purpose = purposeOf("write", `the blob ${blob.digest}`);
    const authorization = location.origin === new URL(address.url).origin ? await authorize(purpose) : void 0;
    const answer = await connect(
      purpose,
      () => putStream(location, {
        headers: {
          "content-type": "application/octet-stream",
          "content-length": String(blob.size),
          ...authorization === void 0 ? {} : { authorization }
        },
        ...{ timeout, body }
      })
    );
    if (answer.status === 201 || answer.status === 204) return;
    if (answer.status !== 401) throw failed(purpose, answer);
    throw new RegistryError(`The login at ${purpose.host} ran out while ${purpose.what} was sent.`, {
      status: 401,
      transient: true
    });
  };
  return {
    hasBlob: (digest) => keepTrying(() => headBlob(digest)),
    openBlob,
    copyBlob: (source, blob) => keepTrying(async () => {
      if (await headBlob(blob.digest)) return "present";
      const location = await startUpload(source, blob.digest);
      if (location === void 0) return "mounted";
      await upload(location, blob, await source.openBlob(blob));
      return "copied";
    })
  };
}
function checkBytes({ host, image, what }, { digest, size }) {
  const hash = (0, import_node_crypto.createHash)("sha256");
  let count = 0;
  return new import_node_stream.Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      count += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      const found = `sha256:${hash.digest("hex")}`;
      if (found === digest && count === size) return done();
      const how = count === size ? `its content has the digest ${found}` : `it has ${count} bytes, not ${size}`;
      done(new RegistryError(`${host} gave ${what} of ${image} wrongly: ${how}.`, { transient: true }));
    }
  });
}
function ignoreRefusal(error) {
  if (!(error instanceof RegistryError) || error.transient) throw error;
}
function checkRedirect(target) {
  if (isAllowedUrl(target)) return;
  throw new HttpRefusal(`it sends us to ${target.protocol}//${target.host}: only https is followed`);
}
async function connect(purpose, action) {
  try {
    return await action();
  } catch (error) {
    if (error instanceof RegistryError) throw error;
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error }
    );
  }
}
function failed(purpose, answer) {
  return errorOfAnswer(purpose, answer.status, answer.headers, answer.body.toString(), Date.now());
}

// lib/registry-request.ts
async function askRegistry(purpose, url, request) {
  const { authorization, ...rest } = request;
  const headers = {
    // Digests and sizes are of the bytes as they are.
    "accept-encoding": "identity",
    ...request.headers,
    ...authorization === void 0 ? {} : { authorization }
  };
  try {
    return await sendRequest(url, { checkRedirect: checkRedirect2, ...rest, headers });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error }
    );
  }
}
function checkRedirect2(target) {
  if (isAllowedUrl(target)) return;
  throw new HttpRefusal(`it sends us to ${target.protocol}//${target.host}: only https is followed`);
}

// lib/registry-login.ts
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
      challenge = parseChallenge(address.host, header) ?? challenge;
      if (used !== void 0 && headers.get(scope)?.settled === used) headers.delete(scope);
    }
  };
}
function parseChallenge(host, header) {
  if (header === void 0) return void 0;
  if (/^basic\b/iu.test(header)) return { scheme: "basic" };
  if (!/^bearer\b/iu.test(header)) return void 0;
  const parameter = (name) => new RegExp(`\\b${name}="([^"]*)"`, "iu").exec(header)?.[1];
  const realm = parameter("realm") ?? "";
  if (!URL.canParse(realm) || !isAllowedUrl(new URL(realm))) {
    throw new InputError(`${host} names the token service ${quoteValue(realm)}: only https is used for logins.`);
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
  const answer = await askRegistry(purpose, url.href, { ...request, timeout: timeLimit });
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
  for (const each of scope.split(" ")) url.searchParams.append("scope", each);
  return { url, request: credential === void 0 ? {} : { authorization: basicHeader(credential) } };
}
function tokenOf(body) {
  try {
    const { token, access_token } = JSON.parse(body);
    return [token, access_token].find((text) => typeof text === "string" && text !== "");
  } catch {
    return void 0;
  }
}
function basicHeader({ username, password }) {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

// lib/registry.ts
var MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
var MAXIMUM_MANIFEST = 4 * 1024 * 1024;
var TAGS_PER_PAGE = 1e3;
var MAXIMUM_TAG_PAGES = 200;
var LAG_PAUSES = [250, 500, 1e3, 2e3, 4e3, 8e3, 8e3, 8e3];
function openRegistry(image, options) {
  const { credentials, attempts = 3, delay = 1e4, onRetry, timeLimit = 6e4 } = options;
  const address = parseRegistryAddress(image);
  const login = createRegistryLogin(address, () => credentials(address.configKey), timeLimit);
  const base = `${address.url}/v2/${address.path}`;
  const written = /* @__PURE__ */ new Set();
  const purposeOf = (action, what) => ({
    host: address.host,
    image,
    action,
    what
  });
  const keepTrying = (action, times = attempts) => retry(action, {
    attempts: times,
    delay,
    isTransient: isTransientError,
    retryAfter: retryAfterOf,
    onRetry: (notice) => onRetry?.(
      `${sentenceOf(notice.error)} Trying again in ${notice.delay / 1e3} s (attempt ${notice.attempt + 1} of ${notice.attempts}).`
    )
  });
  const scopeOf = ({ action }, alsoRead) => `repository:${address.path}:${action === "write" ? "pull,push" : "pull"}${alsoRead === void 0 ? "" : ` repository:${alsoRead}:pull`}`;
  const ask = async (purpose, request) => {
    const { alsoRead, ...sent } = request;
    const scope = scopeOf(purpose, alsoRead);
    const send = (authorization2) => askRegistry(purpose, `${base}${request.path}`, { ...sent, authorization: authorization2, timeout: timeLimit });
    let authorization = await login.authorize(scope);
    let answer = await send(authorization);
    for (let renewals = 0; answer.status === 401 && renewals < 2; renewals += 1) {
      login.challenge(answer.headers.get("www-authenticate"), scope, authorization);
      const next = await login.authorize(scope);
      if (next === void 0 || next === authorization) return answer;
      authorization = next;
      answer = await send(authorization);
    }
    return answer;
  };
  const readManifest = (method, reference, times) => {
    const purpose = purposeOf("read", `the manifest ${reference}`);
    return keepTrying(async () => {
      const answer = await ask(purpose, {
        method,
        path: `/manifests/${reference}`,
        headers: { accept: MANIFEST_TYPES },
        maximumBytes: MAXIMUM_MANIFEST
      });
      if (answer.status === 404) return void 0;
      if (answer.status !== 200) throw failed2(purpose, answer);
      return answer;
    }, times);
  };
  const waitFor = async (read, expected) => {
    for (const pause of expected ? LAG_PAUSES : []) {
      const found = await read();
      if (found !== void 0) return found;
      await (0, import_promises2.setTimeout)(Math.min(pause, delay));
    }
    return await read();
  };
  return {
    image,
    address,
    ...createBlobAccess({
      ...{ address, timeLimit, purposeOf, keepTrying, ask },
      authorize: (purpose) => login.authorize(scopeOf(purpose))
    }),
    getManifest: (reference, about) => waitFor(async () => {
      const answer = await readManifest("GET", reference, about?.attempts);
      return answer && toManifest(purposeOf("read", `the manifest ${reference}`), reference, answer);
    }, about?.expected ?? written.has(reference)),
    headManifest: (reference, about) => waitFor(async () => {
      const answer = await readManifest("HEAD", reference, about?.attempts);
      if (answer === void 0) return void 0;
      const digest = answer.headers.get("docker-content-digest") ?? "";
      const size = Number(answer.headers.get("content-length") ?? Number.NaN);
      if (isDigest(digest) && Number.isFinite(size)) return { digest, size, mediaType: mediaTypeOf(answer) };
      const whole = await readManifest("GET", reference, about?.attempts);
      if (whole === void 0) return void 0;
      const manifest = toManifest(purposeOf("read", `the manifest ${reference}`), reference, whole);
      return { digest: manifest.digest, size: manifest.bytes.length, mediaType: manifest.mediaType };
    }, about?.expected ?? written.has(reference)),
    putManifest: async (reference, bytes, mediaType, about) => {
      const purpose = purposeOf("write", `the manifest ${reference}`);
      const digest = digestOf(bytes);
      await keepTrying(async () => {
        const answer = await ask(purpose, {
          method: "PUT",
          path: `/manifests/${reference}`,
          headers: { "content-type": mediaType },
          body: bytes,
          maximumBytes: MAXIMUM_MANIFEST
        });
        if (answer.status < 200 || answer.status > 299) throw failed2(purpose, answer);
        const told = answer.headers.get("docker-content-digest");
        if (told !== void 0 && told !== digest)
          throw corrupt(purpose, `it answered with the digest ${told}, not ${digest}`);
      }, about?.attempts);
      written.add(reference).add(digest);
      return digest;
    },
    getBlob: (digest, maximumBytes) => {
      const purpose = purposeOf("read", `the blob ${digest}`);
      return keepTrying(async () => {
        const answer = await ask(purpose, { method: "GET", path: `/blobs/${digest}`, maximumBytes });
        if (answer.status === 404) return void 0;
        if (answer.status !== 200) throw failed2(purpose, answer);
        const found = digestOf(answer.body);
        if (found !== digest) throw corrupt(purpose, `its content has the digest ${found}`);
        return answer.body;
      });
    },
    listTags: async (about) => {
      const purpose = purposeOf("read", "the list of tags");
      const names = [];
      let path = `/tags/list?n=${TAGS_PER_PAGE}`;
      for (let page = 1; page <= MAXIMUM_TAG_PAGES; page += 1) {
        const answer = await keepTrying(async () => {
          const given = await ask(purpose, { method: "GET", path, maximumBytes: MAXIMUM_MANIFEST });
          if (given.status === 404) return void 0;
          if (given.status !== 200) throw failed2(purpose, given);
          return { tags: readTagNames(purpose, given), link: given.headers.get("link") ?? "" };
        }, about?.attempts);
        if (answer === void 0) return void 0;
        names.push(...answer.tags);
        const target = /<([^>]+)>;\s*rel="?next"?/u.exec(answer.link)?.[1];
        const next = target === void 0 ? "" : URL.parse(target, `${base}/tags/list`)?.href ?? "";
        if (!next.startsWith(`${base}/tags/list?`)) return names;
        path = next.slice(base.length);
      }
      return names;
    },
    getReferrers: async (digest) => {
      const purpose = purposeOf("read", `the referrers of ${digest}`);
      const answer = await keepTrying(async () => {
        const path = `/referrers/${digest}`;
        const given = await ask(purpose, { method: "GET", path, maximumBytes: MAXIMUM_MANIFEST });
        if ([400, 404, 405, 501].includes(given.status)) return void 0;
        if (given.status !== 200) throw failed2(purpose, given);
        return given;
      });
      return answer && parseObject(answer);
    },
    checkPush: async () => {
      const purpose = purposeOf("write", "the start of an upload");
      const limits = { maximumBytes: MAXIMUM_MANIFEST };
      const location = await keepTrying(async () => {
        const answer = await ask(purpose, { ...limits, method: "POST", path: "/blobs/uploads/" });
        if (answer.status < 200 || answer.status > 299) throw failed2(purpose, answer);
        return answer.headers.get("location") ?? "";
      });
      const upload = URL.parse(location, `${base}/blobs/uploads/`)?.href ?? "";
      if (!upload.startsWith(`${base}/`)) return;
      await ask(purpose, { ...limits, method: "DELETE", path: upload.slice(base.length) }).catch(() => {
      });
    }
  };
}
function digestOf(bytes) {
  return `sha256:${(0, import_node_crypto2.createHash)("sha256").update(bytes).digest("hex")}`;
}
function isTransientError(error) {
  return error instanceof RegistryError && error.transient;
}
function retryAfterOf(error) {
  return error instanceof RegistryError ? error.retryAfter : void 0;
}
function toManifest(purpose, reference, answer) {
  const digest = digestOf(answer.body);
  const told = answer.headers.get("docker-content-digest");
  if (isDigest(reference) && digest !== reference) throw corrupt(purpose, `its content has the digest ${digest}`);
  if (told !== void 0 && told !== digest)
    throw corrupt(purpose, `its content has the digest ${digest}, not ${told}`);
  let parsed;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch (cause) {
    throw corrupt(purpose, "it is not JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw corrupt(purpose, "it is no JSON object");
  const content = parsed;
  const mediaType = typeof content.mediaType === "string" ? content.mediaType : mediaTypeOf(answer);
  return { digest, mediaType, bytes: new Uint8Array(answer.body), parsed: content };
}
function readTagNames(purpose, answer) {
  try {
    const { tags } = JSON.parse(answer.body.toString());
    if (tags === null || tags === void 0) return [];
    if (Array.isArray(tags)) return tags.filter((tag) => typeof tag === "string");
  } catch {
  }
  throw corrupt(purpose, "it is no list of tags");
}
function parseObject(answer) {
  try {
    const value = JSON.parse(answer.body.toString());
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}
function mediaTypeOf(answer) {
  return (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
}
function failed2(purpose, answer) {
  const body = new TextDecoder().decode(answer.body);
  return errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
}
function corrupt(purpose, how, cause) {
  return new RegistryError(`${purpose.host} gave ${purpose.what} of ${purpose.image} wrongly: ${how}.`, {
    transient: true,
    cause
  });
}
function sentenceOf(error) {
  return error instanceof Error ? error.message : String(error);
}

export {
  parseRegistryAddress,
  RegistryError,
  openRegistry,
  digestOf,
  isTransientError,
  retryAfterOf
};
