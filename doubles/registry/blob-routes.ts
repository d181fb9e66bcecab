import type { Answer, Received } from "../http-exchange.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { registryError } from "./registry-error.ts";

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
export const blobRoutes: readonly RegistryRoute[] = [
  {
    methods: ["GET", "HEAD"],
    path: /^\/v2\/(.+)\/blobs\/(sha256:[0-9a-f]{64})$/,
    kind: "blob-read",
    access: "pull",
    handle: readBlob,
  },
];

function readBlob({ packages, blobs }: RegistryContext, request: Received, name: string, digest: string): Answer {
  const blob = packages.hasBlob(name, digest) ? blobs.get(digest) : undefined;
  if (blob === undefined) return registryError(404, "BLOB_UNKNOWN", "blob unknown to registry");
  const headers = {
    "content-type": "application/octet-stream",
    "docker-content-digest": digest,
    "accept-ranges": "bytes",
    etag: `"${digest}"`,
  };
  const range = request.method === "GET" ? request.headers.range : undefined;
  if (range === undefined) return { status: 200, headers, body: { file: blob.file, start: 0, length: blob.size } };
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = from === "" ? Math.max(0, blob.size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? blob.size - 1 : Math.min(Number(to), blob.size - 1);
  if ((from === "" && to === "") || start > last) {
    return registryError(416, "RANGE_INVALID", "invalid range", {
      headers: { "content-range": `bytes */${blob.size}` },
    });
  }
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${last}/${blob.size}` },
    body: { file: blob.file, start, length: last - start + 1 },
  };
}
