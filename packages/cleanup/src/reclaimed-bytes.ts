import type { ViewedVersion } from "./package-view.ts";

/**
 * Bytes that only what goes uses, each blob once. A layer may be shared with any image, so layers count only when all that
 * stays was read; otherwise the sum is a lower bound: the manifests alone.
 */
export function sumReclaimed(
  kept: readonly ViewedVersion[],
  removed: readonly ViewedVersion[],
): { readonly reclaimedBytes: number; readonly unmeasured: number } {
  const unreadKept = kept.filter(({ manifest }) => manifest === undefined).length;
  const unreadRemoved = removed.filter(({ manifest }) => manifest === undefined).length;
  let reclaimedBytes = 0;
  const counted = new Set<string>();
  if (unreadKept === 0) {
    for (const { manifest } of kept) for (const { digest } of manifest?.blobs ?? []) counted.add(digest);
  }
  for (const { manifest } of removed) {
    reclaimedBytes += manifest?.size ?? 0;
    if (unreadKept > 0) continue;
    for (const { digest, size } of manifest?.blobs ?? []) {
      if (counted.has(digest)) continue;
      counted.add(digest);
      reclaimedBytes += size;
    }
  }
  return { reclaimedBytes, unmeasured: unreadKept + unreadRemoved };
}
