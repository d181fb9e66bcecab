/** GHCR's row: one digest with none or more tags, the only thing that can be deleted. */
export interface PackageVersion {
  readonly id: number;
  /** `sha256:…` */
  readonly digest: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970 */
  readonly createdAt: number;
  /** Milliseconds since 1970 */
  readonly updatedAt: number;
}

/** Newest first: by creation, then by id. The one order that decides what "newest" means. */
export function compareNewest(left: PackageVersion, right: PackageVersion): number {
  return right.createdAt - left.createdAt || right.id - left.id;
}
