import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_stream
} from "./chunk-stream.js";
import {
  RegistryError,
  askRegistry,
  createRegistryLogin,
  errorOfAnswer,
  errorOfConnection,
  parseRegistryAddress
} from "./chunk-login.js";
import {
  findLink
} from "./chunk-link-header.js";
import {
  require_node_crypto
} from "./chunk-crypto.js";
import {
  parseJson
} from "./chunk-parse-json.js";
import {
  describePlace,
  followRedirect,
  mayLead,
  pickTransport,
  readBody,
  readHeaders,
  refuseInterim
} from "./chunk-request.js";
import {
  HttpRefusal,
  TooLarge,
  TooLate
} from "./chunk-refusal.js";
import {
  require_promises,
  retry
} from "./chunk-retry.js";
import {
  isDigest
} from "./chunk-semver.js";
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

// lib/registry/registry.ts
var import_node_crypto2 = __toESM(require_node_crypto(), 1);
var import_promises2 = __toESM(require_promises(), 1);

// lib/registry/blobs.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_node_stream = __toESM(require_node_stream(), 1);

// lib/http/stream.ts
var import_promises = __toESM(require_promises2(), 1);
var MAXIMUM_ANSWER = 1024 * 1024;
async function openStream(url, request) {
  let place = { url: new URL(url), headers: request.headers };
  for (let hops = 0; ; hops += 1) {
    const message = await start(place.url, { ...request, headers: place.headers });
    const answer = { status: message.statusCode ?? 0, headers: readHeaders(message) };
    let next;
    try {
      next = followRedirect(place, answer, hops);
    } finally {
      if (answer.status !== 200) message.destroy();
    }
    if (next === void 0) return { ...answer, body: message };
    place = next;
  }
}
async function start(url, request) {
  const transport = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = transport.request(url, { method: "GET", headers: request.headers });
    limit(sent, request, "came");
    sent.on("error", reject);
    sent.on("response", resolve);
    sent.end();
  });
}
async function putStream(url, request) {
  const { headers, body } = request;
  const transport = await pickTransport(url);
  return new Promise((resolve, reject) => {
    const sent = transport.request(url, { method: "PUT", headers });
    limit(sent, request, "was taken");
    sent.on("error", reject);
    sent.on("response", (message) => {
      readBody(message, MAXIMUM_ANSWER).then(
        (bytes) => resolve({ status: message.statusCode ?? 0, url: url.href, headers: readHeaders(message), body: bytes })
      ).catch(reject).finally(() => body.destroy());
    });
    (0, import_promises.pipeline)(body, sent).catch(reject);
  });
}
function limit(sent, { timeout, deadline }, what) {
  const end = (error) => {
    sent.destroy(error);
  };
  sent.setTimeout(timeout, () => end(new TooLate(`Nothing ${what} for ${timeout / 1e3} s`)));
  const late = new TooLate(`Not all ${what} within ${Math.ceil(deadline / 1e3)} s`);
  const timer = setTimeout(() => end(late), Math.min(deadline, 2 ** 31 - 1));
  sent.on("close", () => clearTimeout(timer));
  refuseInterim(sent);
}

// lib/registry/blobs.ts
var MAXIMUM_ANSWER2 = 1024 * 1024;
var SLOWEST = 32 * 1024;
function createBlobAccess(session) {
  const { address, purposeOf, keepTrying, ask, authorize, timeLimit: timeout } = session;
  const base = `${address.url}/v2/${address.path}`;
  const deadlineOf = ({ size }) => timeout + size / SLOWEST * 1e3;
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
      () => openStream(`${base}/blobs/${blob.digest}`, { headers, timeout, deadline: deadlineOf(blob) })
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
    if (location === null || !mayLead(new URL(address.url), location)) {
      const where = location === null ? "nowhere" : `to ${describePlace(location)}`;
      throw new RegistryError(`${purpose.host} sends an upload of ${purpose.image} ${where}.`, {
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
        ...{ timeout, body, deadline: deadlineOf(blob) }
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
  const wrong = (how) => new RegistryError(`${host} gave ${what} of ${image} wrongly: ${how}.`, { transient: true });
  return new import_node_stream.Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      count += chunk.length;
      if (count > size) return done(wrong(`it has more than ${size} bytes`));
      done(null, chunk);
    },
    flush(done) {
      const found = `sha256:${hash.digest("hex")}`;
      if (found === digest && count === size) return done();
      done(wrong(count === size ? `its content has the digest ${found}` : `it has ${count} bytes, not ${size}`));
    }
  });
}
function ignoreRefusal(error) {
  if (!(error instanceof RegistryError) || error.transient) throw error;
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

// lib/registry/read-tag-pages.ts
var tagsPerPage = 1e3;
var mostPages = 200;
var mostCharacters = 16 * 1024 * 1024;
var longest = 6e4;
async function readTagPages(base, read) {
  const names = [];
  const asked = /* @__PURE__ */ new Set();
  let characters = 0;
  let took = 0;
  for (let path = `/tags/list?n=${tagsPerPage}`; path !== ""; ) {
    if (asked.has(path) || asked.size === mostPages || characters > mostCharacters || took > longest) return "endless";
    asked.add(path);
    const answer = await read(path);
    if (answer === void 0) return void 0;
    took += answer.took;
    for (const name of answer.page.names) {
      characters += name.length;
      names.push(name);
    }
    path = nextPath(base, answer.page.link);
  }
  return names;
}
function nextPath(base, link) {
  const target = findLink(link, "next");
  const list = `${base}/tags/list`;
  if (target === void 0 || !URL.canParse(target, list)) return "";
  const { href } = new URL(target, list);
  return href.startsWith(`${list}?`) ? href.slice(base.length) : "";
}

// lib/registry/remember-manifests.ts
var most = 16 * 1024 * 1024;
function rememberManifests() {
  const known = /* @__PURE__ */ new Map();
  let bytes = 0;
  const keep = (manifest) => {
    if (bytes + manifest.bytes.length > most) return false;
    bytes += manifest.bytes.length;
    return true;
  };
  return (reference, read) => {
    const before = known.get(reference);
    if (before !== void 0) return before;
    const asked = read();
    if (!isDigest(reference)) {
      return asked.then((found) => {
        if (found !== void 0 && !known.has(found.digest) && keep(found)) known.set(found.digest, asked);
        return found;
      });
    }
    known.set(reference, asked);
    const forget = () => known.delete(reference);
    asked.then((found) => found !== void 0 && keep(found) ? void 0 : forget(), forget);
    return asked;
  };
}

// lib/registry/registry.ts
var MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
var MAXIMUM_MANIFEST = 4 * 1024 * 1024;
var LAG_PAUSES = [250, 500, 1e3, 2e3, 4e3, 8e3, 8e3, 8e3];
function openRegistry(image, options) {
  const { credentials, attempts = 3, delay = 1e4, onRetry, timeLimit = 2e4 } = options;
  const address = parseRegistryAddress(image);
  const login = createRegistryLogin(address, () => credentials(address.configKey), timeLimit);
  const base = `${address.url}/v2/${address.path}`;
  const written = /* @__PURE__ */ new Set();
  const remember = rememberManifests();
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
      ...{ address, timeLimit: options.timeLimit ?? 6e4, purposeOf, keepTrying, ask },
      authorize: (purpose) => login.authorize(scopeOf(purpose))
    }),
    getManifest: (reference, about) => {
      const read = async () => {
        const answer = await readManifest("GET", reference, about?.attempts);
        return answer && toManifest(purposeOf("read", `the manifest ${reference}`), reference, answer);
      };
      const expected = about?.expected ?? written.has(reference);
      return expected ? waitFor(read, true) : remember(reference, read);
    },
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
      const names = await readTagPages(
        base,
        (path) => keepTrying(async () => {
          const began = performance.now();
          const given = await ask(purpose, { method: "GET", path, maximumBytes: MAXIMUM_MANIFEST });
          if (given.status === 404) return void 0;
          if (given.status !== 200) throw failed2(purpose, given);
          const page = { names: readTagNames(purpose, given), link: given.headers.get("link") ?? "" };
          return { page, took: performance.now() - began };
        }, about?.attempts)
      );
      if (names !== "endless") return names;
      throw new RegistryError(
        `${purpose.host} gives ${purpose.what} of ${image} without end: its pages lead in a circle, are too many or too slow.`,
        { transient: false }
      );
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
function isTransientError(error, attempt = 1) {
  return error instanceof RegistryError && error.transient && !(attempt > 1 && error.cause instanceof TooLate);
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
    parsed = parseJson(answer.body);
  } catch (cause) {
    throw corrupt(purpose, cause instanceof TooLarge ? cause.message : "it is not JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw corrupt(purpose, "it is no JSON object");
  const content = parsed;
  const mediaType = typeof content.mediaType === "string" ? content.mediaType : mediaTypeOf(answer);
  return { digest, mediaType, bytes: new Uint8Array(answer.body), parsed: content };
}
function readTagNames(purpose, answer) {
  try {
    const { tags } = parseJson(answer.body);
    if (tags === null || tags === void 0) return [];
    if (Array.isArray(tags)) return tags.filter((tag) => typeof tag === "string");
  } catch {
  }
  throw corrupt(purpose, "it is no list of tags");
}
function parseObject(answer) {
  try {
    const value = parseJson(answer.body);
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
  openRegistry,
  digestOf,
  isTransientError,
  retryAfterOf
};
