import {
  type ImageGraph,
  type MeasuredVersion,
  type PlannedVersion,
  type ReclaimedBytes,
  sumReclaimed,
} from "@longshore/cleanup";

/** Bytes that only the versions that went have: as a plan counts them, of the part of it that was done. */
export function countReclaimed(
  planned: readonly PlannedVersion[],
  gone: readonly PlannedVersion[],
  kept: readonly PlannedVersion[],
  graph: ImageGraph,
): ReclaimedBytes {
  const went = new Set(gone.map(({ version }) => version.digest));
  const measure = (item: PlannedVersion): MeasuredVersion => {
    const entry = graph.get(item.version.digest);
    return { class: item.class, manifest: entry === undefined || "unreadable" in entry ? undefined : entry };
  };
  const stays = [...kept, ...planned].filter(({ version }) => !went.has(version.digest));
  const bytes = sumReclaimed(stays.map(measure), gone.map(measure));
  // Of nothing, nothing is a true sum and no lower bound.
  return gone.length === 0 ? { ...bytes, unmeasured: 0 } : bytes;
}
