import { type HttpAnswer, HttpRefusal, type HttpRequest, sendRequest } from "./http-request.ts";
import { isAllowedUrl } from "./registry-address.ts";
import { errorOfConnection, RegistryError, type RequestPurpose } from "./registry-error.ts";

/**
 * One request to a registry or its token service, the whole answer in memory. Blobs are often behind a redirect to a store: it
 * is followed to https (or this machine) only, and the authorization stays with the registry. Throws RegistryError when no
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
    return await sendRequest(url, { checkRedirect, ...rest, headers });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw errorOfConnection(purpose, error);
    throw new RegistryError(
      `${purpose.host} was asked for ${purpose.what} of ${purpose.image}, but ${error.message}.`,
      { transient: false, cause: error },
    );
  }
}

function checkRedirect(target: URL): void {
  if (isAllowedUrl(target)) return;
  throw new HttpRefusal(`it sends us to ${target.protocol}//${target.host}: only https is followed`);
}
