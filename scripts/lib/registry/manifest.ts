/** A manifest or index as a registry gave it. */
export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  /** The very bytes the digest is of. */
  readonly bytes: Uint8Array;
  /** The bytes as JSON, an object. */
  readonly parsed: Readonly<Record<string, unknown>>;
}
