import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { isDigest } from "@longshore/publishing";
import { parseJson } from "../http/parse-json.ts";
import { TooLarge, TooLate } from "../http/refusal.ts";
import type { HttpAnswer } from "../http/request.ts";
import { retry } from "../http/retry.ts";
import { parseRegistryAddress, type RegistryAddress } from "./address.ts";
import { type BlobAccess, createBlobAccess } from "./blobs.ts";
import type { CredentialLookup } from "./docker-credentials.ts";
import { errorOfAnswer, RegistryError, type RequestPurpose } from "./error.ts";
import { createRegistryLogin } from "./login.ts";
import type { Manifest } from "./manifest.ts";
import { readTagPages } from "./read-tag-pages.ts";
import { rememberManifests } from "./remember-manifests.ts";
import { askRegistry } from "./request.ts";

export interface ManifestHead {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

/** One repository of a registry, over the OCI distribution API. Each method throws RegistryError, one sentence. */
export interface Registry extends BlobAccess {
  /** `ghcr.io/acme/app` */
  readonly image: string;
  readonly address: RegistryAddress;
  /**
   * By tag or digest; undefined when it is not there. Its digest is always checked against the reference and the header.
   * `expected`: it was pushed just now, so "not there" is asked again a few times (registries lag behind their own writes). Default
   * is whether it was put by this very object.
   */
  readonly getManifest: (reference: string, about?: RequestOptions) => Promise<Manifest | undefined>;
  readonly headManifest: (reference: string, about?: RequestOptions) => Promise<ManifestHead | undefined>;
  /** Puts these bytes under a tag or their own digest; returns the digest. */
  readonly putManifest: (
    reference: string,
    bytes: Uint8Array,
    mediaType: string,
    about?: Pick<RequestOptions, "attempts">,
  ) => Promise<string>;
  /** A small blob, such as an image's config; undefined when it is not there. More than `maximumBytes` is an error. */
  readonly getBlob: (digest: string, maximumBytes: number) => Promise<Uint8Array | undefined>;
  /** Names of all tags, page by page; undefined where there is no such repository. */
  readonly listTags: (about?: Pick<RequestOptions, "attempts">) => Promise<readonly string[] | undefined>;
  /**
   * The list of what refers to a manifest, an image index as JSON (distribution-spec, listing referrers); undefined where the
   * registry keeps no such list, as GHCR.
   */
  readonly getReferrers: (digest: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Asks for leave to push by starting an upload and giving it up at once. Throws RegistryError with the registry's reason. */
  readonly checkPush: () => Promise<void>;
}

export interface RequestOptions {
  /** Whether it was pushed just now. */
  readonly expected?: boolean;
  /** Replaces the repository's; 1 where the caller tries again itself. */
  readonly attempts?: number;
}

export interface RegistryOptions {
  readonly credentials: CredentialLookup;
  /** How often each request is tried while the registry fails for the moment; default 3. */
  readonly attempts?: number;
  /** Pause before the next attempt, milliseconds; default 10 s. A longer `Retry-After` wins. */
  readonly delay?: number;
  /** Told one sentence before each pause. */
  readonly onRetry?: (sentence: string) => void;
  /** Of one request, milliseconds; default 20 s. Of a blob that is streamed the longest silence; default 60 s. */
  readonly timeLimit?: number;
}

/** The types a manifest may have; a registry that is not told answers with its oldest. */
const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** The limit registries are asked to take (distribution-spec, pushing manifests). */
const MAXIMUM_MANIFEST = 4 * 1024 * 1024;

/** Pauses, at most these long, while what was written just now is not seen yet: with the default `delay` half a minute in all. */
const LAG_PAUSES = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000];

/** Opens a normalised repository (`host[:port]/path`); asks nothing yet. Throws InputError when it has no host. */
export function openRegistry(image: string, options: RegistryOptions): Registry {
  const { credentials, attempts = 3, delay = 10_000, onRetry, timeLimit = 20_000 } = options;
  const address = parseRegistryAddress(image);
  const login = createRegistryLogin(address, () => credentials(address.configKey), timeLimit);
  const base = `${address.url}/v2/${address.path}`;
  const written = new Set<string>();
  const remember = rememberManifests();

  const purposeOf = (action: "read" | "write", what: string): RequestPurpose => ({
    host: address.host,
    image,
    action,
    what,
  });

  const keepTrying = <T>(action: () => Promise<T>, times = attempts): Promise<T> =>
    retry(action, {
      attempts: times,
      delay,
      isTransient: isTransientError,
      retryAfter: retryAfterOf,
      onRetry: (notice) =>
        onRetry?.(
          `${sentenceOf(notice.error)} Trying again in ${notice.delay / 1000} s (attempt ${notice.attempt + 1} of ${notice.attempts}).`,
        ),
    });

  const scopeOf = ({ action }: RequestPurpose, alsoRead?: string): string =>
    `repository:${address.path}:${action === "write" ? "pull,push" : "pull"}${alsoRead === undefined ? "" : ` repository:${alsoRead}:pull`}`;

  /** One request with its login: the first 401 tells how, one more may mean that the token has expired. */
  const ask = async (
    purpose: RequestPurpose,
    request: {
      readonly method: string;
      readonly path: string;
      readonly headers?: Record<string, string>;
      readonly body?: Uint8Array;
      readonly maximumBytes: number;
      readonly alsoRead?: string | undefined;
    },
  ): Promise<HttpAnswer> => {
    const { alsoRead, ...sent } = request;
    const scope = scopeOf(purpose, alsoRead);
    const send = (authorization: string | undefined) =>
      askRegistry(purpose, `${base}${request.path}`, { ...sent, authorization, timeout: timeLimit });
    let authorization = await login.authorize(scope);
    let answer = await send(authorization);
    for (let renewals = 0; answer.status === 401 && renewals < 2; renewals += 1) {
      login.challenge(answer.headers.get("www-authenticate"), scope, authorization);
      const next = await login.authorize(scope);
      if (next === undefined || next === authorization) return answer; // there is nothing else to offer
      authorization = next;
      answer = await send(authorization);
    }
    return answer;
  };

  const readManifest = (method: "GET" | "HEAD", reference: string, times?: number): Promise<HttpAnswer | undefined> => {
    const purpose = purposeOf("read", `the manifest ${reference}`);
    return keepTrying(async () => {
      const answer = await ask(purpose, {
        method,
        path: `/manifests/${reference}`,
        headers: { accept: MANIFEST_TYPES },
        maximumBytes: MAXIMUM_MANIFEST,
      });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw failed(purpose, answer);
      return answer;
    }, times);
  };

  /** Asks again while something that must be there is not seen yet. */
  const waitFor = async <T>(read: () => Promise<T | undefined>, expected: boolean): Promise<T | undefined> => {
    for (const pause of expected ? LAG_PAUSES : []) {
      const found = await read();
      if (found !== undefined) return found;
      await wait(Math.min(pause, delay));
    }
    return await read();
  };

  return {
    image,
    address,
    ...createBlobAccess({
      ...{ address, timeLimit: options.timeLimit ?? 60_000, purposeOf, keepTrying, ask },
      authorize: (purpose) => login.authorize(scopeOf(purpose)),
    }),
    getManifest: (reference, about) => {
      const read = async () => {
        const answer = await readManifest("GET", reference, about?.attempts);
        return answer && toManifest(purposeOf("read", `the manifest ${reference}`), reference, answer);
      };
      const expected = about?.expected ?? written.has(reference);
      // What was pushed just now is to be seen at the registry, not remembered.
      return expected ? waitFor(read, true) : remember(reference, read);
    },
    headManifest: (reference, about) =>
      waitFor(async () => {
        const answer = await readManifest("HEAD", reference, about?.attempts);
        if (answer === undefined) return undefined;
        const digest = answer.headers.get("docker-content-digest") ?? "";
        const size = Number(answer.headers.get("content-length") ?? Number.NaN);
        if (isDigest(digest) && Number.isFinite(size)) return { digest, size, mediaType: mediaTypeOf(answer) };
        const whole = await readManifest("GET", reference, about?.attempts); // a registry whose HEAD tells too little
        if (whole === undefined) return undefined;
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
          maximumBytes: MAXIMUM_MANIFEST,
        });
        if (answer.status < 200 || answer.status > 299) throw failed(purpose, answer);
        const told = answer.headers.get("docker-content-digest");
        if (told !== undefined && told !== digest)
          throw corrupt(purpose, `it answered with the digest ${told}, not ${digest}`);
      }, about?.attempts);
      written.add(reference).add(digest);
      return digest;
    },
    getBlob: (digest, maximumBytes) => {
      const purpose = purposeOf("read", `the blob ${digest}`);
      return keepTrying(async () => {
        const answer = await ask(purpose, { method: "GET", path: `/blobs/${digest}`, maximumBytes });
        if (answer.status === 404) return undefined;
        if (answer.status !== 200) throw failed(purpose, answer);
        const found = digestOf(answer.body);
        if (found !== digest) throw corrupt(purpose, `its content has the digest ${found}`);
        return answer.body;
      });
    },
    listTags: async (about) => {
      const purpose = purposeOf("read", "the list of tags");
      const names = await readTagPages(base, (path) =>
        keepTrying(async () => {
          const began = performance.now();
          const given = await ask(purpose, { method: "GET", path, maximumBytes: MAXIMUM_MANIFEST });
          if (given.status === 404) return undefined;
          if (given.status !== 200) throw failed(purpose, given);
          const page = { names: readTagNames(purpose, given), link: given.headers.get("link") ?? "" };
          return { page, took: performance.now() - began };
        }, about?.attempts),
      );
      if (names !== "endless") return names;
      throw new RegistryError(
        `${purpose.host} gives ${purpose.what} of ${image} without end: its pages lead in a circle, are too many or too slow.`,
        { transient: false },
      );
    },
    getReferrers: async (digest) => {
      const purpose = purposeOf("read", `the referrers of ${digest}`);
      const answer = await keepTrying(async () => {
        const path = `/referrers/${digest}`;
        const given = await ask(purpose, { method: "GET", path, maximumBytes: MAXIMUM_MANIFEST });
        if ([400, 404, 405, 501].includes(given.status)) return undefined;
        if (given.status !== 200) throw failed(purpose, given);
        return given;
      });
      return answer && parseObject(answer);
    },
    checkPush: async () => {
      const purpose = purposeOf("write", "the start of an upload");
      const limits = { maximumBytes: MAXIMUM_MANIFEST };
      const location = await keepTrying(async () => {
        const answer = await ask(purpose, { ...limits, method: "POST", path: "/blobs/uploads/" });
        if (answer.status < 200 || answer.status > 299) throw failed(purpose, answer);
        return answer.headers.get("location") ?? "";
      });
      const upload = URL.parse(location, `${base}/blobs/uploads/`)?.href ?? "";
      if (!upload.startsWith(`${base}/`)) return; // elsewhere it expires by itself
      await ask(purpose, { ...limits, method: "DELETE", path: upload.slice(base.length) }).catch(() => {});
    },
  };
}

/** `sha256:…` of these bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Whether asking again after this attempt can help. Silence is asked once more only: each attempt takes its whole time. */
export function isTransientError(error: unknown, attempt = 1): boolean {
  return error instanceof RegistryError && error.transient && !(attempt > 1 && error.cause instanceof TooLate);
}

/** The pause a registry asked for, milliseconds. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof RegistryError ? error.retryAfter : undefined;
}

function toManifest(purpose: RequestPurpose, reference: string, answer: HttpAnswer): Manifest {
  const digest = digestOf(answer.body);
  const told = answer.headers.get("docker-content-digest");
  if (isDigest(reference) && digest !== reference) throw corrupt(purpose, `its content has the digest ${digest}`);
  if (told !== undefined && told !== digest)
    throw corrupt(purpose, `its content has the digest ${digest}, not ${told}`);
  let parsed: unknown;
  try {
    parsed = parseJson(answer.body);
  } catch (cause) {
    throw corrupt(purpose, cause instanceof TooLarge ? cause.message : "it is not JSON", cause);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw corrupt(purpose, "it is no JSON object");
  const content = parsed as Readonly<Record<string, unknown>>;
  const mediaType = typeof content.mediaType === "string" ? content.mediaType : mediaTypeOf(answer);
  return { digest, mediaType, bytes: new Uint8Array(answer.body), parsed: content };
}

/** `{name, tags}`; of an empty repository some registries say `null`. */
function readTagNames(purpose: RequestPurpose, answer: HttpAnswer): readonly string[] {
  try {
    const { tags } = parseJson(answer.body) as { tags?: unknown };
    if (tags === null || tags === undefined) return [];
    if (Array.isArray(tags)) return tags.filter((tag) => typeof tag === "string");
  } catch {
    // said below
  }
  throw corrupt(purpose, "it is no list of tags");
}

/** undefined for anything but a JSON object: some answer every address with a page. */
function parseObject(answer: HttpAnswer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(answer.body);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function mediaTypeOf(answer: HttpAnswer): string {
  return (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
}

function failed(purpose: RequestPurpose, answer: HttpAnswer): RegistryError {
  const body = new TextDecoder().decode(answer.body);
  return errorOfAnswer(purpose, answer.status, answer.headers, body, Date.now());
}

/** Cut off or mixed up on the way: read again, it may be whole. */
function corrupt(purpose: RequestPurpose, how: string, cause?: unknown): RegistryError {
  return new RegistryError(`${purpose.host} gave ${purpose.what} of ${purpose.image} wrongly: ${how}.`, {
    transient: true,
    cause,
  });
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
