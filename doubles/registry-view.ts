export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The bytes as JSON. */
  readonly content: unknown;
}

/** GHCR's row: one digest, any number of tags. */
export interface PackageVersion {
  readonly id: number;
  readonly digest: string;
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt?: Date;
}

/** What became of a deletion; all but `removed` changed nothing. */
export type RemovalOutcome = "removed" | "absent" | "last-tagged" | "last" | "too-many-downloads";

/** `absent`: never there, not deleted, deleted more than 30 days ago, or pushed again meanwhile. */
export type RestoreOutcome = "restored" | "absent";

export interface PutOptions {
  /** When it is pushed; default now. */
  readonly createdAt?: Date;
}

/** One image of `seedImages`: an index, a manifest for each platform and an attestation for each of those. */
export interface SeededImage {
  /** None: an untagged index. */
  readonly tags: readonly string[];
  /** Of the index. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Of all its versions; default now. */
  readonly createdAt?: Date;
  /** Default linux/amd64 and linux/arm64. */
  readonly platforms?: readonly string[];
  /** Default true. */
  readonly attestations?: boolean;
  /** A tag of one platform's manifest, by platform. */
  readonly platformTags?: Readonly<Record<string, string>>;
}

/** Repositories are named without host: `acme/app`. What it does is seen by the next request. */
export interface RegistryView {
  /** Those that hold a manifest. */
  repositories(): readonly string[];
  /** Tag to digest, in the order of the names. */
  tags(repository: string): Readonly<Record<string, string>>;
  /** By tag or digest. */
  manifest(repository: string, reference: string): StoredManifest | undefined;
  /** In the order of the Packages API (newest first), deleted ones too. */
  versions(repository: string): readonly PackageVersion[];
  blob(repository: string, digest: string): Promise<Uint8Array | undefined>;
  /** Returns the digest. */
  putBlob(repository: string, bytes: Uint8Array): Promise<string>;
  /** Puts a manifest as a push would, without the check that its children exist. Returns the digest. */
  putManifest(
    repository: string,
    content: Uint8Array | string | object,
    tags?: readonly string[],
    options?: PutOptions,
  ): string;
  /** Moves a tag to what a tag or digest names, as a promotion would. Returns the digest. */
  tag(repository: string, tag: string, reference: string): string;
  /** Deletes what a tag or digest names, with GitHub's refusals. */
  removeVersion(repository: string, reference: string): RemovalOutcome;
  /** Restores the newest deleted version of a digest. */
  restoreVersion(repository: string, digest: string): RestoreOutcome;
  /**
   * Puts many images as one write, and keeps little of each: `image` is asked again when a manifest is read, so it must
   * give the same answer for the same index, whenever it is asked. Blobs are named, not stored. Returns the digests of the indexes.
   */
  seedImages(repository: string, count: number, image: (index: number) => SeededImage): readonly string[];
  /** What a public version's refusal is decided by. */
  setDownloads(repository: string, reference: string, downloads: number): void;
  /** A package is private until it is set. */
  setVisibility(repository: string, visibility: "public" | "private"): void;
}
