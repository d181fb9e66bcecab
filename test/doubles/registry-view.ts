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

/** Repositories are named without host: `acme/app`. */
export interface RegistryView {
  /** Those that hold a manifest. */
  repositories(): readonly string[];
  /** Tag to digest, in the order of the names. */
  tags(repository: string): Readonly<Record<string, string>>;
  /** By tag or digest. */
  manifest(repository: string, reference: string): StoredManifest | undefined;
  /** Newest first, as the Packages API lists them. */
  versions(repository: string): readonly PackageVersion[];
  blob(repository: string, digest: string): Promise<Uint8Array | undefined>;
  /** Returns the digest. */
  putBlob(repository: string, bytes: Uint8Array): Promise<string>;
  /** Puts a manifest as a push would, without the check that its children exist. Returns the digest. */
  putManifest(repository: string, content: Uint8Array | string | object, tags?: readonly string[]): string;
  /** A package is private until it is set. */
  setVisibility(repository: string, visibility: "public" | "private"): void;
}
