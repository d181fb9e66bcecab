import type { PackageVersion, StoredManifest } from "./registry-view.ts";
import { newest, type TimelineMap, timelineMap } from "./timeline.ts";

/** A stored manifest, or how to make it again: seeded ones are not kept in memory. */
export type ManifestSource = StoredManifest | (() => StoredManifest);

export type VersionState = "active" | "deleted";

/** One package: its rows, its tags and its content. Rows are never dropped: a deleted one has a `deletedAt`. */
export interface PackageRecord {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Date;
  updatedAt: Date;
  visibility: "public" | "private";
  /** Digests of the blobs that were pushed or mounted here. */
  readonly blobs: Set<string>;
  /** By digest; what is not there was never read. */
  readonly downloads: Map<string, number>;
  /** Versions that are not deleted, and those of them that have a tag. */
  readonly alive: number;
  readonly tagged: number;
  /** Tag to digest. */
  readonly tags: TimelineMap<string, string>;
  /** A row, deleted or not. */
  version(id: number, asOf?: number): PackageVersion | undefined;
  /** The row of a digest that is not deleted. */
  versionOf(digest: string, asOf?: number): PackageVersion | undefined;
  /** The content, also of a deleted version. */
  manifest(digest: string): StoredManifest | undefined;
  listing(state: VersionState, asOf?: number): readonly PackageVersion[];
  /** Adds or finds the row of a manifest and moves tags to it. */
  put(tick: number, digest: string, manifest: ManifestSource, tags: readonly string[], at: Date): void;
  remove(tick: number, version: PackageVersion, at: Date): void;
  restore(tick: number, version: PackageVersion, tags: readonly string[], at: Date): void;
}

/** Which row the Packages API lists first: negative where `a` comes before `b`. */
export type VersionOrder = (a: PackageVersion, b: PackageVersion) => number;

export function packageRecord(
  about: Pick<PackageRecord, "id" | "name" | "createdAt" | "visibility">,
  nextVersionId: () => number,
  order: VersionOrder,
): PackageRecord {
  const rows = timelineMap<number, PackageVersion>();
  /** Digest to the id of its row that is not deleted. */
  const ids = timelineMap<string, number>();
  const tags = timelineMap<string, string>();
  // Content never changes, so it needs no history.
  const manifests = new Map<string, ManifestSource>();
  const listings = listingMemory();
  let alive = 0;
  let tagged = 0;

  const set = (tick: number, row: PackageVersion) => {
    const before = rows.get(row.id);
    alive += Number(isAlive(row)) - Number(isAlive(before));
    tagged += Number(isTagged(row)) - Number(isTagged(before));
    rows.set(tick, row.id, row);
    ids.set(tick, row.digest, isAlive(row) ? row.id : undefined);
    listings.forget();
  };
  const version = (id: number, asOf = newest) => rows.get(id, asOf);
  const versionOf = (digest: string, asOf = newest) => {
    const id = ids.get(digest, asOf);
    return id === undefined ? undefined : version(id, asOf);
  };
  const takeTag = (tick: number, tag: string, digest: string) => {
    const holder = tags.get(tag);
    const loser = holder === undefined ? undefined : versionOf(holder);
    if (loser !== undefined && loser.digest !== digest) {
      set(tick, { ...loser, tags: loser.tags.filter((other) => other !== tag) });
    }
    tags.set(tick, tag, digest);
  };

  const record: PackageRecord = {
    ...about,
    updatedAt: about.createdAt,
    blobs: new Set(),
    downloads: new Map(),
    get alive() {
      return alive;
    },
    get tagged() {
      return tagged;
    },
    tags,
    version,
    versionOf,
    manifest: (digest) => {
      const source = manifests.get(digest);
      return typeof source === "function" ? source() : source;
    },
    listing: (state, asOf = newest) =>
      listings.remember(`${state} ${asOf}`, asOf, () =>
        rows
          .entries(asOf)
          .map(([, row]) => row)
          .filter((row) => isAlive(row) === (state === "active"))
          .sort(order),
      ),
    put: (tick, digest, manifest, names, at) => {
      const known = versionOf(digest);
      const gained = names.filter((tag) => tags.get(tag) !== digest);
      if (known !== undefined && gained.length === 0) return;
      manifests.set(digest, manifest);
      for (const tag of gained) takeTag(tick, tag, digest);
      record.updatedAt = at;
      if (known !== undefined) set(tick, { ...known, tags: [...known.tags, ...gained], updatedAt: at });
      else set(tick, { id: nextVersionId(), digest, tags: gained, createdAt: at, updatedAt: at });
    },
    remove: (tick, row, at) => {
      for (const tag of row.tags) tags.set(tick, tag, undefined);
      set(tick, { ...row, deletedAt: at });
    },
    restore: (tick, { deletedAt: _, ...row }, names, at) => {
      for (const tag of names) takeTag(tick, tag, row.digest);
      set(tick, { ...row, tags: names, updatedAt: at });
    },
  };
  return record;
}

function isAlive(row: PackageVersion | undefined): boolean {
  return row !== undefined && row.deletedAt === undefined;
}

function isTagged(row: PackageVersion | undefined): boolean {
  return row !== undefined && row.deletedAt === undefined && row.tags.length > 0;
}

/** Sorted once, not for each page: the newest lists until something changes, and the last stale one. */
function listingMemory() {
  const fresh = new Map<string, readonly PackageVersion[]>();
  const stale = new Map<string, readonly PackageVersion[]>();
  return {
    forget: () => fresh.clear(),
    remember: (key: string, asOf: number, make: () => readonly PackageVersion[]) => {
      const memory = asOf === newest ? fresh : stale;
      const known = memory.get(key);
      if (known !== undefined) return known;
      const made = make();
      stale.clear();
      memory.set(key, made);
      return made;
    },
  };
}
