import { HttpRefusal } from "../http/refusal.ts";
import { type HttpAnswer, type HttpRequest, sendRequest } from "../http/request.ts";
import { errorOfConnection, RegistryError, type RequestPurpose } from "./error.ts";

/**
 * One request to a registry or its token service, the whole answer in memory. Blobs are often behind a redirect to a store, where the authorization does not go. Throws RegistryError when no
 * whole answer came.
 */
export async function askRegistry(
  purpose: RequestPurpose,
  url: string,
  request: HttpRequest & { readonly authorization?: string | undefined },
): Promise<HttpAnswer> {
  const { authorization, ...rest } = request;
  const headers = {
    // Digests and sizes are of the bytes as they are.
    "accept-encoding": "identity",
    ...request.headers,
    ...(authorization === undefined ? {} : { authorization }),
  };
  try {
    return await sendRequest(url, { ...rest, headers });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error },
    );
  }
}
