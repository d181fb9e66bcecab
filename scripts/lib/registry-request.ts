import { isAllowedUrl } from "./registry-address.ts";
import { errorOfConnection, RegistryError, type RequestPurpose } from "./registry-error.ts";

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface RegistryRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly authorization?: string | undefined;
  /** A longer answer is an error. */
  readonly maximumBytes: number;
  /** Of the whole exchange, milliseconds. */
  readonly timeLimit: number;
}

const MAXIMUM_HOPS = 5;

/**
 * One request, its whole answer in memory. Blobs are often behind a redirect to a store: it is followed to https (or this
 * machine) only, and the authorization stays with the registry. Throws RegistryError when no whole answer came.
 */
export async function sendRequest(
  purpose: RequestPurpose,
  address: string,
  request: RegistryRequest,
): Promise<RegistryAnswer> {
  const { method, body, authorization, timeLimit } = request;
  const signal = AbortSignal.timeout(timeLimit);
  const origin = new URL(address).origin;
  let url = new URL(address);
  for (let hop = 0; hop <= MAXIMUM_HOPS; hop += 1) {
    const headers = new Headers(request.headers);
    if (authorization !== undefined && url.origin === origin) headers.set("authorization", authorization);
    try {
      const answer = await fetch(url, {
        method,
        headers,
        redirect: "manual",
        signal,
        ...(body ? { body: new Uint8Array(body) } : {}),
      });
      const target = redirectTarget(answer, url);
      if (target === undefined || method === "PUT") {
        return {
          status: answer.status,
          headers: answer.headers,
          body: await readBody(purpose, answer, request.maximumBytes),
        };
      }
      await answer.body?.cancel();
      url = target;
    } catch (error) {
      throw error instanceof RegistryError ? error : errorOfConnection(purpose, error);
    }
    if (!isAllowedUrl(url)) {
      throw new RegistryError(
        `${purpose.host} sends us for ${purpose.what} to ${url.origin}: only https is followed.`,
        {
          transient: false,
        },
      );
    }
  }
  throw new RegistryError(`${purpose.host} redirects ${purpose.what} of ${purpose.image} without end.`, {
    transient: false,
  });
}

function redirectTarget(answer: Response, from: URL): URL | undefined {
  const location = answer.headers.get("location");
  const redirected = [301, 302, 303, 307, 308].includes(answer.status) && location !== null;
  return redirected && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
}

async function readBody(purpose: RequestPurpose, answer: Response, maximumBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (answer.body !== null) {
    for await (const part of answer.body as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maximumBytes) {
        throw new RegistryError(
          `${purpose.host} gave more than ${maximumBytes} bytes for ${purpose.what} of ${purpose.image}.`,
          { transient: false },
        );
      }
      parts.push(part);
    }
  }
  return new Uint8Array(Buffer.concat(parts));
}
