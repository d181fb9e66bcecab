import { type Answer, type Received, readBody } from "../http-exchange.ts";
import { mediaTypes, needs, readManifest } from "./manifest-content.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { registryError } from "./registry-error.ts";

const path = /^\/v2\/(.+)\/manifests\/([^/]+)$/;
const largest = 4 * 1024 * 1024;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests and #pushing-manifests */
export const manifestRoutes: readonly RegistryRoute[] = [
  { methods: ["GET", "HEAD"], path, kind: "manifest-read", access: "pull", handle: getManifest },
  { methods: ["PUT"], path, kind: "manifest-write", access: "push", handle: putManifest },
  {
    methods: ["DELETE"],
    path,
    kind: "manifest-delete",
    access: "push",
    handle: () => registryError(405, "UNSUPPORTED", "The operation is unsupported."),
  },
];

function getManifest({ packages }: RegistryContext, request: Received, name: string, reference: string): Answer {
  const manifest = packages.manifest(name, reference, request.asOf);
  if (manifest === undefined) return registryError(404, "MANIFEST_UNKNOWN", "manifest unknown");
  const accepts = (request.headers.accept ?? "").split(",").map((part) => part.split(";")[0]?.trim());
  const unasked = !accepts.includes(manifest.mediaType);
  if (unasked && manifest.mediaType === mediaTypes.ociIndex) {
    const message = "OCI index found, but Accept header does not support OCI indexes";
    return registryError(404, "MANIFEST_UNKNOWN", message);
  }
  if (unasked && manifest.mediaType === mediaTypes.ociManifest) {
    const message = "OCI manifest found, but Accept header does not support OCI manifests";
    return registryError(404, "MANIFEST_UNKNOWN", message);
  }
  if (request.method === "GET") packages.countDownload(name, manifest.digest);
  return {
    status: 200,
    headers: {
      "content-type": manifest.mediaType,
      "docker-content-digest": manifest.digest,
      etag: `"${manifest.digest}"`,
    },
    body: manifest.bytes,
  };
}

async function putManifest(
  { packages, blobs }: RegistryContext,
  request: Received,
  name: string,
  reference: string,
): Promise<Answer> {
  const bytes = await readBody(request.body);
  const byDigest = reference.includes(":");
  if (!byDigest && !/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(reference)) {
    return registryError(400, "TAG_INVALID", "manifest tag did not match URI");
  }
  if (bytes.byteLength > largest) return registryError(413, "SIZE_INVALID", "manifest too large");
  const manifest = readManifest(bytes, request.headers["content-type"]);
  if (typeof manifest === "string") return registryError(400, "MANIFEST_INVALID", manifest);
  if (byDigest && reference !== manifest.digest) {
    return registryError(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  }
  const needed = needs(manifest);
  for (const digest of needed.blobs) {
    if (!packages.hasBlob(name, digest) || blobs.get(digest) === undefined) {
      return registryError(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", { detail: { Digest: digest } });
    }
  }
  for (const digest of needed.manifests) {
    if (packages.manifest(name, digest) === undefined) {
      return registryError(404, "MANIFEST_UNKNOWN", "manifest unknown", { detail: { Digest: digest } });
    }
  }
  packages.put(name, manifest, byDigest ? undefined : reference);
  // No `OCI-Subject`: GHCR stores the subject and has no referrers endpoint.
  return {
    status: 201,
    headers: {
      location: `/v2/${name}/manifests/${manifest.digest}`,
      "docker-content-digest": manifest.digest,
    },
  };
}
