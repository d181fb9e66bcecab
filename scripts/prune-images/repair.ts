import type { ImageGraph, PackageVersion } from "@longshore/cleanup";
import { mapParallel } from "../lib/http/parallel.ts";
import type { PackageJob } from "./package-job.ts";
import { isGone, nameVersion, type VersionOutcome } from "./prune-result.ts";

/**
 * Between the look before a batch and its last deletion others may push an index over something that goes, or move a tag to
 * it; GitHub has no deletion with a condition. So what was removed in that moment is brought back.
 */
export async function repairPushed(
  job: PackageJob,
  fresh: readonly PackageVersion[],
  graph: ImageGraph,
  outcomes: Map<string, VersionOutcome>,
): Promise<number> {
  const needed = new Set<string>();
  for (const version of fresh) collectRemoved(version.digest, graph, outcomes, needed);
  return await bringBack(job, needed, outcomes, "something that was pushed meanwhile needs it");
}

/**
 * Looks among the deleted versions for one of this run that had a tag nobody had told us of: it was moved there just
 * before the deletion. It comes back, with all below it.
 */
export async function repairTagged(
  job: PackageJob,
  graph: ImageGraph,
  outcomes: Map<string, VersionOutcome>,
): Promise<number> {
  const removed = new Map(
    [...outcomes.values()]
      .filter(({ outcome }) => outcome === "removed")
      .map((item) => [item.version.id, item.version]),
  );
  const needed = new Set<string>();
  for (const { id, digest, tags } of await findDeleted(job, new Set(removed.keys()))) {
    if (tags.every((tag) => removed.get(id)?.tags.includes(tag))) continue;
    needed.add(digest);
    collectRemoved(digest, graph, outcomes, needed);
  }
  return await bringBack(job, needed, outcomes, "a tag was moved to it meanwhile");
}

const together = 8;
const readings = 3;
const pause = 2000;

/**
 * These versions as the list of the deleted ones shows them. It is read until all were seen, or so far as is in proportion:
 * others may have been deleted by the thousand. Where it ends without them it lags behind, and is read again.
 */
async function findDeleted({ api, timing }: PackageJob, ids: ReadonlySet<number>): Promise<readonly PackageVersion[]> {
  const found = new Map<number, PackageVersion>();
  const usual = Math.ceil(ids.size / api.pageSize);
  for (let reading = 1; reading <= readings && found.size < ids.size; reading += 1) {
    if (reading > 1) await timing.sleep(pause);
    let ended = false;
    for (let next = 1; !ended && found.size < ids.size && next <= usual * 3 + 5; next += usual) {
      const numbers = Array.from({ length: usual }, (_, index) => next + index);
      const pages = await mapParallel(numbers, together, (page) => api.readVersionPage(page, "deleted"));
      ended = (pages.at(-1)?.length ?? 0) < api.pageSize;
      for (const version of pages.flat()) if (ids.has(version.id)) found.set(version.id, version);
    }
    if (!ended) break;
  }
  return [...found.values()];
}

function collectRemoved(
  from: string,
  graph: ImageGraph,
  outcomes: ReadonlyMap<string, VersionOutcome>,
  needed: Set<string>,
): void {
  const entry = graph.get(from);
  if (entry === undefined || "unreadable" in entry) return;
  for (const child of entry.children) {
    const outcome = outcomes.get(child);
    if (needed.has(child)) continue;
    if (outcome !== undefined && isGone(outcome)) needed.add(child);
    collectRemoved(child, graph, outcomes, needed);
  }
}

/** Children before parents: the reverse of the order they went in. */
async function bringBack(
  job: PackageJob,
  needed: ReadonlySet<string>,
  outcomes: Map<string, VersionOutcome>,
  why: string,
): Promise<number> {
  const items = [...outcomes.values()].filter(({ version }) => needed.has(version.digest)).reverse();
  for (const item of items) {
    const { digest, id } = item.version;
    const back = await job.api.restoreVersion(id);
    if (back.outcome === "refused") {
      job.warn(
        `${nameVersion(item.version)} of ${job.api.name} was removed though ${why}, and GitHub does not restore it: ${back.reason}.`,
      );
      continue;
    }
    outcomes.set(digest, { ...item, outcome: "restored", detail: why });
    job.print(`Restored ${nameVersion(item.version)} of ${job.api.name}: ${why}.`);
  }
  return items.length;
}
