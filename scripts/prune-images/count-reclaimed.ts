import type { ImageGraph, ManifestFacts, PlannedVersion } from "@longshore/cleanup";

/**
 * Bytes that only the versions that went have, each blob once: as a plan counts them, of the part of it that was done. A
 * layer may be shared with any image, so layers count only where all that stays was read.
 */
export function countReclaimed(
  planned: readonly PlannedVersion[],
  gone: readonly PlannedVersion[],
  kept: readonly PlannedVersion[],
  graph: ImageGraph,
): { readonly reclaimedBytes: number; readonly unmeasured: number } {
  const went = new Set(gone.map(({ version }) => version.digest));
  const stays = [...kept, ...planned].map(({ version }) => version.digest).filter((digest) => !went.has(digest));
  const unreadStaying = stays.filter((digest) => factsOf(digest, graph) === undefined).length;
  const unreadGone = [...went].filter((digest) => factsOf(digest, graph) === undefined).length;
  const counted = new Set(stays.flatMap((digest) => factsOf(digest, graph)?.blobs.map((blob) => blob.digest) ?? []));
  let reclaimedBytes = 0;
  for (const digest of went) {
    const facts = factsOf(digest, graph);
    reclaimedBytes += facts?.size ?? 0;
    if (unreadStaying > 0) continue;
    for (const blob of facts?.blobs ?? []) {
      if (!counted.has(blob.digest)) reclaimedBytes += blob.size;
      counted.add(blob.digest);
    }
  }
  return { reclaimedBytes, unmeasured: went.size === 0 ? 0 : unreadStaying + unreadGone };
}

function factsOf(digest: string, graph: ImageGraph): ManifestFacts | undefined {
  const entry = graph.get(digest);
  return entry === undefined || "unreadable" in entry ? undefined : entry;
}
