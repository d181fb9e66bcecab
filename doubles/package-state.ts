import { type ManifestSource, type PackageRecord, packageRecord, type VersionOrder } from "./package-record.ts";
import type { PackageVersion, RemovalOutcome, RestoreOutcome, StoredManifest } from "./registry-view.ts";
import { type Journal, newest } from "./timeline.ts";

/**
 * GHCR's packages: each manifest is a row (a package version) that carries its tags, so what a push leaves here is what
 * the Packages API lists, and what that API deletes is gone here.
 */
export interface PackageStore {
  /** Names of packages that have a version, in the order they were made. */
  names(asOf?: number): readonly string[];
  /** The package, where it has a version. */
  find(name: string, asOf?: number): PackageRecord | undefined;
  exists(name: string, asOf?: number): boolean;
  visibility(name: string): "public" | "private";
  setVisibility(name: string, visibility: "public" | "private"): void;
  /** Connects a package to the repositories whose workflow creates it: their tokens may use it from then on. */
  connect(name: string, repositories: readonly string[]): void;
  isConnected(name: string, repositories: readonly string[]): boolean;
  /** By tag or digest; not where the version is deleted. */
  manifest(name: string, reference: string, asOf?: number): StoredManifest | undefined;
  /** Puts a manifest and, where there is one, moves a tag to it. `at` is when; default now. */
  put(name: string, manifest: StoredManifest, tag: string | undefined, at?: Date): void;
  /** Puts many as one write. */
  putAll(name: string, manifests: Iterable<SeededManifest>): void;
  tags(name: string, asOf?: number): readonly (readonly [tag: string, digest: string])[];
  /** In the order of the Packages API, deleted ones too. */
  versions(name: string, asOf?: number): readonly PackageVersion[];
  /** Deletes a version where GitHub would. */
  remove(name: string, id: number): RemovalOutcome;
  restore(name: string, id: number): RestoreOutcome;
  /** Whether a deleted version could still come back. */
  isRestorable(version: PackageVersion): boolean;
  countDownload(name: string, digest: string): void;
  setDownloads(name: string, digest: string, downloads: number): void;
  hasBlob(name: string, digest: string): boolean;
  linkBlob(name: string, digest: string): void;
}

export interface SeededManifest {
  readonly digest: string;
  readonly manifest: ManifestSource;
  readonly tags: readonly string[];
  readonly at: Date;
}

export interface PackageRules {
  /** What new packages inherit. */
  readonly visibilityOf: (name: string) => "public" | "private";
  /** The Packages API's order. GitHub documents none. */
  readonly order: "created" | "updated";
  /** Which of its tags a restored version has. GitHub documents nothing. */
  readonly restoredTags: RestoredTags;
}

/** `free`: those that no other version took meanwhile; `all`: it takes them back; `none`: it comes back untagged. */
export type RestoredTags = "free" | "all" | "none";

const restorableMs = 30 * 24 * 3_600_000;
const mostDownloads = 5000;

export function packageStore(journal: Journal, rules: PackageRules): PackageStore {
  let lastId = 100_000_000;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  const order = orders[rules.order];
  const packages = new Map<string, PackageRecord>();
  const connected = new Map<string, readonly string[]>();
  const known = (name: string) => packages.get(name.toLowerCase());
  const make = (name: string) => {
    const found = known(name);
    if (found !== undefined) return found;
    const about = { id: 1_000_000 + packages.size, name: name.toLowerCase(), createdAt: journal.now() };
    const made = packageRecord({ ...about, visibility: rules.visibilityOf(name) }, nextId, order);
    packages.set(about.name, made);
    return made;
  };
  // Asked by every request, so counted where nothing stale is asked.
  const find = (name: string, asOf = newest) => {
    const own = known(name);
    const alive = asOf === newest ? own?.alive : own?.listing("active", asOf).length;
    return (alive ?? 0) > 0 ? own : undefined;
  };
  const isRestorable = ({ deletedAt }: PackageVersion) =>
    deletedAt !== undefined && journal.now().getTime() - deletedAt.getTime() <= restorableMs;

  return {
    names: (asOf = newest) => [...packages.keys()].filter((name) => find(name, asOf) !== undefined),
    find,
    exists: (name, asOf = newest) => find(name, asOf) !== undefined,
    visibility: (name) => known(name)?.visibility ?? "private",
    setVisibility: (name, visibility) => {
      make(name).visibility = visibility;
    },
    connect: (name, repositories) => void connected.set(name.toLowerCase(), repositories),
    isConnected: (name, repositories) =>
      connected.get(name.toLowerCase())?.some((repository) => repositories.includes(repository)) ?? false,
    manifest: (name, reference, asOf = newest) => {
      const own = known(name);
      const digest = reference.includes(":") ? reference : own?.tags.get(reference, asOf);
      if (own === undefined || digest === undefined || own.versionOf(digest, asOf) === undefined) return undefined;
      return own.manifest(digest);
    },
    put: (name, manifest, tag, at = journal.now()) => {
      const own = make(name);
      const { digest } = manifest;
      // What changes nothing is no write.
      if (own.versionOf(digest) !== undefined && (tag === undefined || own.tags.get(tag) === digest)) return;
      own.put(journal.tick(), digest, manifest, tag === undefined ? [] : [tag], at);
    },
    putAll: (name, manifests) => {
      const own = make(name);
      const tick = journal.tick();
      for (const { digest, manifest, tags, at } of manifests) own.put(tick, digest, manifest, tags, at);
    },
    tags: (name, asOf = newest) => {
      const tags = known(name)?.tags.entries(asOf) ?? [];
      return [...tags].sort(([a], [b]) => (a < b ? -1 : 1));
    },
    versions: (name, asOf = newest) => {
      const own = known(name);
      if (own === undefined) return [];
      return [...own.listing("active", asOf), ...own.listing("deleted", asOf)].sort(order);
    },
    remove: (name, id) => {
      const own = find(name);
      const version = own?.version(id);
      if (own === undefined || version === undefined || version.deletedAt !== undefined) return "absent";
      const downloads = own.downloads.get(version.digest) ?? 0;
      if (own.visibility === "public" && downloads > mostDownloads) return "too-many-downloads";
      if (version.tags.length > 0 && own.tagged === 1) return "last-tagged";
      if (own.alive === 1) return "last";
      own.remove(journal.tick(), version, journal.now());
      return "removed";
    },
    restore: (name, id) => {
      const own = find(name);
      const version = own?.version(id);
      if (own === undefined || version === undefined || !isRestorable(version)) return "absent";
      // GitHub: "not reused": the same digest was pushed again.
      if (own.versionOf(version.digest) !== undefined) return "absent";
      const tags = version.tags.filter(
        (tag) => rules.restoredTags === "all" || (rules.restoredTags === "free" && own.tags.get(tag) === undefined),
      );
      own.restore(journal.tick(), version, tags, journal.now());
      return "restored";
    },
    isRestorable,
    countDownload: (name, digest) => {
      const downloads = known(name)?.downloads;
      downloads?.set(digest, (downloads.get(digest) ?? 0) + 1);
    },
    setDownloads: (name, digest, downloads) => {
      make(name).downloads.set(digest, downloads);
    },
    hasBlob: (name, digest) => known(name)?.blobs.has(digest) ?? false,
    linkBlob: (name, digest) => {
      make(name).blobs.add(digest);
    },
  };
}

const orders: Readonly<Record<PackageRules["order"], VersionOrder>> = {
  created: (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id,
  updated: (a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || b.id - a.id,
};
