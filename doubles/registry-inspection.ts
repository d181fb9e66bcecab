import type { BlobStore } from "./blob-store.ts";
import type { PackageStore } from "./package-state.ts";
import { readManifest } from "./registry/manifest-content.ts";
import type { RegistryView } from "./registry-view.ts";
import { seedImages } from "./seed-images.ts";

/** The registry from inside. */
export function registryView(packages: PackageStore, blobs: BlobStore, now: () => Date): RegistryView {
  const known = (repository: string, reference: string) => {
    const manifest = packages.manifest(repository, reference);
    if (manifest === undefined) throw new Error(`${repository} has no ${reference}.`);
    return manifest;
  };
  let seeds = 0;
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
    putManifest: (repository, content, tags = [], { createdAt } = {}) => {
      const bytes = content instanceof Uint8Array ? content : Buffer.from(asText(content));
      const manifest = readManifest(bytes, undefined);
      if (typeof manifest === "string") throw new Error(manifest);
      for (const tag of tags.length === 0 ? [undefined] : tags) packages.put(repository, manifest, tag, createdAt);
      return manifest.digest;
    },
    tag: (repository, tag, reference) => {
      const manifest = known(repository, reference);
      packages.put(repository, manifest, tag);
      return manifest.digest;
    },
    removeVersion: (repository, reference) => {
      const digest = packages.manifest(repository, reference)?.digest;
      const version = digest === undefined ? undefined : packages.find(repository)?.versionOf(digest);
      return version === undefined ? "absent" : packages.remove(repository, version.id);
    },
    restoreVersion: (repository, digest) => {
      const deleted = packages.versions(repository).filter((version) => version.deletedAt !== undefined);
      const newest = deleted.filter((version) => version.digest === digest).sort((a, b) => b.id - a.id)[0];
      return newest === undefined ? "absent" : packages.restore(repository, newest.id);
    },
    seedImages: (repository, count, image) => {
      seeds += 1;
      return seedImages(packages, repository, `${repository}/${seeds}`, count, image, now());
    },
    setDownloads: (repository, reference, downloads) =>
      packages.setDownloads(repository, known(repository, reference).digest, downloads),
    setVisibility: packages.setVisibility,
  };
}

function asText(content: string | object): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}
