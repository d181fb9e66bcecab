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

/** Milliseconds since 1970 of when it was made or last named, the later: GitHub's second date moves when a tag is put on it. */
export function lastNamed({ createdAt, updatedAt }: PackageVersion): number {
  return Math.max(createdAt, updatedAt);
}

/** Newest first: by creation, then by id. */
export function compareNewest(left: PackageVersion, right: PackageVersion): number {
  return right.createdAt - left.createdAt || right.id - left.id;
}
