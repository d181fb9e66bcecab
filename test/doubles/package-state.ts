import type { PackageVersion, StoredManifest } from "./registry-view.ts";
import { type Journal, newest, timelineMap } from "./timeline.ts";

/**
 * GHCR's packages: each manifest is a row (a package version) that carries its tags, so what a push leaves here is what
 * the Packages API lists. Rows are never dropped: a deleted one has a `deletedAt`, and could be restored.
 */
export interface PackageStore {
  /** Names of packages that have a version, in the order they were made. */
  names(asOf?: number): readonly string[];
  exists(name: string, asOf?: number): boolean;
  visibility(name: string): "public" | "private";
  setVisibility(name: string, visibility: "public" | "private"): void;
  /** By tag or digest; not where the version is deleted. */
  manifest(name: string, reference: string, asOf?: number): StoredManifest | undefined;
  /** Puts a manifest and, where there is one, moves a tag to it. */
  put(name: string, manifest: StoredManifest, tag: string | undefined): void;
  tags(name: string, asOf?: number): readonly (readonly [tag: string, digest: string])[];
  /** Newest first, deleted ones too. */
  versions(name: string, asOf?: number): readonly PackageVersion[];
  hasBlob(name: string, digest: string): boolean;
  linkBlob(name: string, digest: string): void;
}

export function packageStore(journal: Journal, visibilityOfNew: (name: string) => "public" | "private"): PackageStore {
  let lastId = 100_000_000;
  const packages = new Map<string, ReturnType<typeof emptyPackage>>();
  const find = (name: string) => packages.get(name.toLowerCase());
  const make = (name: string) => {
    const known = find(name);
    if (known !== undefined) return known;
    const made = emptyPackage(visibilityOfNew(name));
    packages.set(name.toLowerCase(), made);
    return made;
  };
  const versions = (name: string, asOf = newest) =>
    (find(name)?.versions.entries(asOf) ?? []).map(([, version]) => version).reverse();
  // Asked by every request, so counted where nothing stale is asked.
  const exists = (name: string, asOf = newest) =>
    asOf === newest
      ? (find(name)?.alive ?? 0) > 0
      : versions(name, asOf).some((version) => version.deletedAt === undefined);

  return {
    names: (asOf = newest) => [...packages.keys()].filter((name) => exists(name, asOf)),
    exists,
    visibility: (name) => find(name)?.visibility ?? "private",
    setVisibility: (name, visibility) => {
      make(name).visibility = visibility;
    },
    manifest: (name, reference, asOf = newest) => {
      const own = find(name);
      const digest = reference.includes(":") ? reference : own?.tags.get(reference, asOf);
      if (own === undefined || digest === undefined) return undefined;
      const version = own.versions.get(digest, asOf);
      return version === undefined || version.deletedAt !== undefined ? undefined : own.manifests.get(digest);
    },
    put: (name, manifest, tag) => {
      const own = make(name);
      const { digest } = manifest;
      const known = own.versions.get(digest);
      const alive = known !== undefined && known.deletedAt === undefined;
      const holder = tag === undefined ? undefined : own.tags.get(tag);
      if (alive && (tag === undefined || holder === digest)) return;
      const tick = journal.tick();
      const at = journal.now();
      own.manifests.set(digest, manifest);
      if (tag !== undefined) {
        const loser = holder === undefined ? undefined : own.versions.get(holder);
        if (loser !== undefined && loser.digest !== digest) {
          own.versions.set(tick, loser.digest, { ...loser, tags: loser.tags.filter((other) => other !== tag) });
        }
        own.tags.set(tick, tag, digest);
      }
      const added = tag === undefined ? [] : [tag];
      if (alive) own.versions.set(tick, digest, { ...known, tags: [...known.tags, ...added], updatedAt: at });
      else {
        lastId += 1;
        own.alive += 1;
        own.versions.set(tick, digest, { id: lastId, digest, tags: added, createdAt: at, updatedAt: at });
      }
    },
    tags: (name, asOf = newest) => {
      const tags = find(name)?.tags.entries(asOf) ?? [];
      return [...tags].sort(([a], [b]) => (a < b ? -1 : 1));
    },
    versions,
    hasBlob: (name, digest) => find(name)?.blobs.has(digest) ?? false,
    linkBlob: (name, digest) => {
      make(name).blobs.add(digest);
    },
  };
}

function emptyPackage(visibility: "public" | "private") {
  return {
    visibility,
    /** Versions that are not deleted. */
    alive: 0,
    versions: timelineMap<string, PackageVersion>(),
    tags: timelineMap<string, string>(),
    /** By digest: content never changes, so it needs no history. */
    manifests: new Map<string, StoredManifest>(),
    /** Digests of the blobs that were pushed or mounted here. */
    blobs: new Set<string>(),
  };
}
