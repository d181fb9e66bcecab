import type { BlobStore } from "./blob-store.ts";
import type { PackageStore } from "./package-state.ts";
import { readManifest } from "./registry/manifest-content.ts";
import type { RegistryView } from "./registry-view.ts";

/** The registry from inside. */
export function registryView(packages: PackageStore, blobs: BlobStore): RegistryView {
  return {
    repositories: () => packages.names(),
    tags: (repository) => Object.fromEntries(packages.tags(repository)),
    manifest: (repository, reference) => packages.manifest(repository, reference),
    versions: (repository) => packages.versions(repository),
    blob: async (repository, digest) => (packages.hasBlob(repository, digest) ? blobs.read(digest) : undefined),
    putBlob: async (repository, bytes) => {
      const digest = await blobs.put(bytes);
      packages.linkBlob(repository, digest);
      return digest;
    },
    putManifest: (repository, content, tags = []) => {
      const bytes = content instanceof Uint8Array ? content : Buffer.from(asText(content));
      const manifest = readManifest(bytes, undefined);
      if (typeof manifest === "string") throw new Error(manifest);
      for (const tag of tags.length === 0 ? [undefined] : tags) packages.put(repository, manifest, tag);
      return manifest.digest;
    },
    setVisibility: packages.setVisibility,
  };
}

function asText(content: string | object): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}
