import type { Fault, FaultAction } from "./fault.ts";
import { registryErrorBody } from "./registry/registry-error.ts";

type AnswerFault = Extract<FaultAction, { readonly type: "answer" }>;

function refusal(status: number, code: Parameters<typeof registryErrorBody>[0], message: string): AnswerFault {
  const headers = { "content-type": "application/json" };
  return { type: "answer", status, headers, body: registryErrorBody(code, message) };
}

function page(status: number, title: string): AnswerFault {
  const body = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { type: "answer", status, headers: { "content-type": "text/html" }, body };
}

/** What GHCR was seen to answer on a bad day, in its own words. */
export const ghcrFaults = {
  /** The secondary limit looks like a missing permission. */
  secondaryLimit: refusal(403, "DENIED", "denied"),
  tooManyRequests: {
    ...refusal(429, "TOOMANYREQUESTS", "retry-after: 76.77µs, allowed: 44000/minute"),
    headers: { "content-type": "application/json", "retry-after": "1" },
  },
  writePackageDenied: refusal(403, "DENIED", "permission_denied: write_package"),
  createPackageDenied: refusal(403, "DENIED", "installation not allowed to Create organization package"),
  writeOrganizationPackageDenied: refusal(403, "DENIED", "installation not allowed to Write organization package"),
  scopesDenied: refusal(403, "DENIED", "permission_denied: The token provided does not match expected scopes."),
  unauthorized: refusal(401, "UNAUTHORIZED", "authentication required"),
  tokenNotAuthenticated: refusal(
    401,
    "UNAUTHORIZED",
    "unauthenticated: User cannot be authenticated with the token provided.",
  ),
  unknownBlob: refusal(404, "BLOB_UNKNOWN", "blob unknown to registry"),
  unknownUpload: refusal(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"),
  manifestUnknown: refusal(404, "MANIFEST_UNKNOWN", "manifest unknown"),
  internalError: refusal(500, "UNSUPPORTED", "internal server error"),
  badGateway: page(502, "Bad Gateway"),
  serviceUnavailable: page(503, "Service Unavailable"),
  gatewayTimeout: page(504, "Gateway Time-out"),
} as const satisfies Readonly<Record<string, AnswerFault>>;

/** A registry that lags: what is pushed is served so many milliseconds later, by the double's clock, while the fault is injected. */
export function lagging(ms: number, path: string | RegExp = ""): Fault {
  return {
    match: { kind: "manifest-read", path },
    times: Number.POSITIVE_INFINITY,
    action: { type: "stale", msAgo: ms },
  };
}
