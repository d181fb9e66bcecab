import type { ManifestFacts } from "./manifest-facts.ts";

/** A version that stays or goes, as far as its bytes matter. */
export interface MeasuredVersion {
  /** What the bytes are counted under in `bytesByClass` */
  readonly class?: string;
  /** undefined where it was not read */
  readonly manifest: ManifestFacts | undefined;
}

export interface ReclaimedBytes {
  /** Bytes that only what goes uses, each blob once; a lower bound where `unmeasured` is not 0 */
  readonly reclaimedBytes: number;
  /** The same by class; a blob that several share counts for the first */
  readonly bytesByClass: Readonly<Record<string, number>>;
  /** How many versions were not read */
  readonly unmeasured: number;
}

/**
 * A layer may be shared with any image, so layers count only when all that stays was read; otherwise the sum is a lower
 * bound: the manifests alone.
 */
export function sumReclaimed(stays: readonly MeasuredVersion[], goes: readonly MeasuredVersion[]): ReclaimedBytes {
  const unread = (versions: readonly MeasuredVersion[]) => versions.filter(({ manifest }) => !manifest).length;
  const unreadStaying = unread(stays);
  const counted = new Set(
    (unreadStaying > 0 ? [] : stays).flatMap(({ manifest }) => manifest?.blobs.map(({ digest }) => digest) ?? []),
  );
  const bytesByClass: Record<string, number> = {};
  let reclaimedBytes = 0;
  for (const { class: name = "", manifest } of goes) {
    let bytes = manifest?.size ?? 0;
    for (const { digest, size } of unreadStaying > 0 ? [] : (manifest?.blobs ?? [])) {
      if (!counted.has(digest)) bytes += size;
      counted.add(digest);
    }
    reclaimedBytes += bytes;
    bytesByClass[name] = (bytesByClass[name] ?? 0) + bytes;
  }
  return { reclaimedBytes, bytesByClass, unmeasured: unreadStaying + unread(goes) };
}
