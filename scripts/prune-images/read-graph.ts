import { labelsToRead, type ManifestEntry, manifestsToRead, type PackageVersion } from "@longshore/cleanup";
import type { PackageJob } from "./package-job.ts";
import { readConfigs, readManifests } from "./read-manifests.ts";

/** Adds to the graph what a plan for these versions needs; gives how many manifests were read. */
export async function completeGraph(
  job: PackageJob,
  versions: readonly PackageVersion[],
  graph: Map<string, ManifestEntry>,
): Promise<number> {
  let read = 0;
  for (const wave of manifestsToRead(versions, graph)) read += await addManifests(job, wave, graph);
  for (const { manifests, configs } of labelsToRead(versions, graph)) {
    read += await addManifests(job, manifests, graph);
    const { registry, beforeRequest, cache } = job;
    const entries = await readConfigs(configs, { registry, beforeRequest, keep: cache.keep });
    for (const entry of entries) graph.set(entry.digest, entry);
  }
  return read;
}

/** Reads these manifests into the graph; gives their number. */
export async function addManifests(
  job: PackageJob,
  digests: readonly string[],
  graph: Map<string, ManifestEntry>,
): Promise<number> {
  let read = 0;
  const entries = await readManifests(digests, {
    registry: job.registry,
    timing: job.timing,
    onRetry: job.print,
    beforeRequest: job.beforeRequest,
    keep: job.cache.keep,
    onRead: () => {
      read += 1;
      job.progress.tell(() => `Read ${read} of ${digests.length} manifests of ${job.api.name}.`);
    },
  });
  for (const entry of entries) graph.set(entry.digest, entry);
  return entries.length;
}
