import { createHash } from "node:crypto";
import { type Readable, Transform } from "node:stream";
import { describePlace, mayLead } from "../http/redirect.ts";
import { HttpRefusal } from "../http/refusal.ts";
import type { HttpAnswer } from "../http/request.ts";
import { openStream, putStream } from "../http/stream.ts";
import type { RegistryAddress } from "./address.ts";
import { errorOfAnswer, errorOfConnection, RegistryError, type RequestPurpose } from "./error.ts";

export interface BlobFacts {
  readonly digest: string;
  /** Bytes */
  readonly size: number;
}

/** How a blob came: it was there, another repository of this registry lent it, or its bytes were sent. */
export type BlobArrival = "present" | "mounted" | "copied";

/** The blobs of one repository, however large. Each method throws RegistryError, one sentence. */
export interface BlobAccess {
  readonly hasBlob: (digest: string) => Promise<boolean>;
  /** The bytes as they come, checked against digest and size at the end. One attempt. */
  readonly openBlob: (blob: BlobFacts) => Promise<Readable>;
  /** Gets a blob of another repository: mounted where both are in one registry and it lets us, else streamed. */
  readonly copyBlob: (source: BlobSource, blob: BlobFacts) => Promise<BlobArrival>;
}

export interface BlobSource extends Pick<BlobAccess, "openBlob"> {
  readonly address: RegistryAddress;
}

/** What the blobs need of the repository they are in. */
export interface BlobSession {
  readonly address: RegistryAddress;
  /** Longest silence of a transfer, milliseconds. */
  readonly timeLimit: number;
  readonly purposeOf: (action: "read" | "write", what: string) => RequestPurpose;
  readonly keepTrying: <T>(action: () => Promise<T>) => Promise<T>;
  /** One request with its login. `alsoRead` is the path of a second repository it reads. */
  readonly ask: (
    purpose: RequestPurpose,
    request: {
      readonly method: string;
      readonly path: string;
      readonly maximumBytes: number;
      readonly alsoRead?: string | undefined;
    },
  ) => Promise<HttpAnswer>;
  /** Value of the Authorization header that the last request of this kind had. */
  readonly authorize: (purpose: RequestPurpose) => Promise<string | undefined>;
}

const MAXIMUM_ANSWER = 1024 * 1024;

/** Bytes a second that a transfer makes at least, counted over the whole of it. */
const SLOWEST = 32 * 1024;

export function createBlobAccess(session: BlobSession): BlobAccess {
  const { address, purposeOf, keepTrying, ask, authorize, timeLimit: timeout } = session;
  const base = `${address.url}/v2/${address.path}`;

  const deadlineOf = ({ size }: BlobFacts): number => timeout + (size / SLOWEST) * 1000;

  const headBlob = async (digest: string): Promise<boolean> => {
    const purpose = purposeOf("read", `the blob ${digest}`);
    const answer = await ask(purpose, { method: "HEAD", path: `/blobs/${digest}`, maximumBytes: MAXIMUM_ANSWER });
    if (answer.status === 404) return false;
    if (answer.status !== 200) throw failed(purpose, answer);
    return true;
  };

  const openBlob = async (blob: BlobFacts): Promise<Readable> => {
    const purpose = purposeOf("read", `the blob ${blob.digest}`);
    if (!(await headBlob(blob.digest))) {
      throw new RegistryError(`${purpose.image} does not hold the blob ${blob.digest} that its image is made of.`, {
        status: 404,
        transient: false,
      });
    }
    const authorization = await authorize(purpose);
    const headers = { "accept-encoding": "identity", ...(authorization === undefined ? {} : { authorization }) };
    const opened = await connect(purpose, () =>
      openStream(`${base}/blobs/${blob.digest}`, { headers, timeout, deadline: deadlineOf(blob) }),
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

  /** Starts an upload; undefined when the blob was mounted instead. */
  const startUpload = async (source: BlobSource, digest: string): Promise<URL | undefined> => {
    const purpose = purposeOf("write", `the start of an upload of ${digest}`);
    const start = (query: string, alsoRead?: string) =>
      ask(purpose, { method: "POST", path: `/blobs/uploads/${query}`, maximumBytes: MAXIMUM_ANSWER, alsoRead });
    const neighbour = source.address.url === address.url ? source.address.path : undefined;
    const mount =
      neighbour === undefined ? undefined : start(`?mount=${digest}&from=${encodeURIComponent(neighbour)}`, neighbour);
    // A registry that does not mount goes on as with any upload; one that refuses the question is asked plainly.
    const mounted = await mount?.catch(ignoreRefusal);
    if (mounted?.status === 201) return undefined;
    const answer = mounted?.status === 202 ? mounted : await start("");
    if (answer.status !== 202) throw failed(purpose, answer);
    const location = URL.parse(answer.headers.get("location") ?? "", `${base}/blobs/uploads/`);
    if (location === null || !mayLead(new URL(address.url), location)) {
      const where = location === null ? "nowhere" : `to ${describePlace(location)}`;
      throw new RegistryError(`${purpose.host} sends an upload of ${purpose.image} ${where}.`, {
        transient: false,
      });
    }
    location.searchParams.set("digest", digest);
    return location;
  };

  const upload = async (location: URL, blob: BlobFacts, body: Readable): Promise<void> => {
    const purpose = purposeOf("write", `the blob ${blob.digest}`);
    const authorization = location.origin === new URL(address.url).origin ? await authorize(purpose) : undefined;
    const answer = await connect(purpose, () =>
      putStream(location, {
        headers: {
          "content-type": "application/octet-stream",
          "content-length": String(blob.size),
          ...(authorization === undefined ? {} : { authorization }),
        },
        ...{ timeout, body, deadline: deadlineOf(blob) },
      }),
    );
    if (answer.status === 201 || answer.status === 204) return;
    // The start of this upload was let in, so a 401 now is a token that ran out on the way.
    if (answer.status !== 401) throw failed(purpose, answer);
    throw new RegistryError(`The login at ${purpose.host} ran out while ${purpose.what} was sent.`, {
      status: 401,
      transient: true,
    });
  };

  return {
    hasBlob: (digest) => keepTrying(() => headBlob(digest)),
    openBlob,
    copyBlob: (source, blob) =>
      keepTrying(async () => {
        // Asked in each attempt: the reply of an upload may have been lost.
        if (await headBlob(blob.digest)) return "present";
        const location = await startUpload(source, blob.digest);
        if (location === undefined) return "mounted";
        await upload(location, blob, await source.openBlob(blob));
        return "copied";
      }),
  };
}

/** Passes bytes on and fails at the end where they are not what the digest is of. */
function checkBytes({ host, image, what }: RequestPurpose, { digest, size }: BlobFacts): Transform {
  const hash = createHash("sha256");
  let count = 0;
  const wrong = (how: string) =>
    new RegistryError(`${host} gave ${what} of ${image} wrongly: ${how}.`, { transient: true });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      count += chunk.length;
      if (count > size) return done(wrong(`it has more than ${size} bytes`));
      done(null, chunk);
    },
    flush(done) {
      const found = `sha256:${hash.digest("hex")}`;
      if (found === digest && count === size) return done();
      done(wrong(count === size ? `its content has the digest ${found}` : `it has ${count} bytes, not ${size}`));
    },
  });
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof RegistryError) || error.transient) throw error;
}

/** Every way to get no answer, as a RegistryError. */
async function connect<T>(purpose: RequestPurpose, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof RegistryError) throw error;
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error },
    );
  }
}

function failed(purpose: RequestPurpose, answer: HttpAnswer): RegistryError {
  return errorOfAnswer(purpose, answer.status, answer.headers, answer.body.toString(), Date.now());
}
