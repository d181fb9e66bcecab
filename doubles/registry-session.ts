import { digestOf } from "./blob-store.ts";
import type { GitHubDouble } from "./github-double.ts";
import { mediaTypes } from "./registry/manifest-content.ts";

/** A client of the registry that hides nothing: a GitHub token as bearer, and the raw answers. */
export interface RegistrySession {
  fetch(path: string, init?: RequestInit & { readonly duplex?: "half" }): Promise<Response>;
  pushBlob(repository: string, bytes: Uint8Array): Promise<string>;
  putManifest(repository: string, reference: string, manifest: object, type?: string): Promise<Response>;
}

export function registrySession(double: GitHubDouble, token: string): RegistrySession {
  const authorization = `Bearer ${Buffer.from(token).toString("base64")}`;
  const ask: RegistrySession["fetch"] = (path, init = {}) =>
    fetch(new URL(path, double.url), { ...init, headers: { authorization, ...init.headers } });
  return {
    fetch: ask,
    pushBlob: async (repository, bytes) => {
      const digest = digestOf(bytes);
      const answer = await ask(`/v2/${repository}/blobs/uploads/?digest=${digest}`, { method: "POST", body: bytes });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      return digest;
    },
    putManifest: (repository, reference, manifest, type = mediaTypes.ociManifest) => {
      const init = { method: "PUT", headers: { "content-type": type }, body: JSON.stringify(manifest) };
      return ask(`/v2/${repository}/manifests/${reference}`, init);
    },
  };
}

/** An image manifest of a config and no layers. */
export function imageOf(configDigest: string, annotations: Readonly<Record<string, string>> = {}) {
  const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: configDigest, size: 2 };
  return { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers: [], annotations };
}
