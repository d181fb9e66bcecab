import {
  type ImageGraph,
  type ManifestEntry,
  needsReplan,
  type PackageVersion,
  type PlannedVersion,
  type PrunePlan,
  subjectOfTag,
} from "@longshore/cleanup";
import { describeMinutes } from "../lib/github/pacing.ts";
import { lookAgain, type SecondLook } from "./look-again.ts";
import { type PackageJob, Stopped } from "./package-job.ts";
import { isGone, type VersionOutcome } from "./prune-result.ts";
import { addManifests } from "./read-graph.ts";
import { removeBatch } from "./remove-batch.ts";
import { repairPushed, repairTagged } from "./repair.ts";
import type { RepositoryState } from "./repository-facts.ts";

/** Pull requests and branches that were read so long ago are read again, milliseconds. */
const stateAge = 5 * 60_000;
/** How often, and milliseconds apart, GitHub is asked while its list lags behind. */
const mostLooks = 4;
const lag = 2000;

export interface Application {
  readonly job: PackageJob;
  readonly plan: PrunePlan;
  /** In the order of the list. */
  readonly versions: readonly PackageVersion[];
  readonly graph: Map<string, ManifestEntry>;
  /** That the plan was made with. */
  readonly state: RepositoryState;
  /** By digest; what earlier plans of this run did is in it already. */
  readonly outcomes: Map<string, VersionOutcome>;
}

export interface Applied {
  readonly checks: number;
  readonly manifestsRead: number;
  /** Why a new plan is needed; undefined where this one is done. */
  readonly replan: string | undefined;
}

/** Applies a plan batch by batch until it is done or no longer holds. Throws as `removeBatch` does. */
export async function applyPlan(application: Application): Promise<Applied> {
  const { job, plan, graph, outcomes } = application;
  const parentsOf = findParents(plan, graph);
  // What GitHub refused once it refuses again.
  const waiting = plan.remove.filter(({ version }) => {
    const before = outcomes.get(version.digest)?.outcome;
    return before === undefined || before === "left" || before === "restored";
  });
  const started = waiting.length;
  const { batchSize } = job;
  let { versions } = application;
  let checks = 0;
  let manifestsRead = 0;
  let removed = 0;
  const check = async (batch: readonly PackageVersion[]): Promise<string | undefined> => {
    checks += 1;
    const look = await lookUntilCurrent(application, versions, batch);
    for (const item of waiting) {
      if (look.gone.has(item.version.id)) outcomes.set(item.version.digest, { ...item, outcome: "gone" });
    }
    const known = new Set(versions.map(({ id }) => id));
    const added = look.fresh.filter(({ id, digest }) => !known.has(id) && !graph.has(digest));
    manifestsRead += await addManifests(
      job,
      added.map(({ digest }) => digest),
      graph,
    );
    if ((await repairPushed(job, look.fresh, graph, outcomes)) > 0)
      return "something pushed meanwhile needs what was removed";
    return needsReplan(plan, look.fresh, graph) ?? (await changedState(application));
  };

  for (let start = 0; start < waiting.length; start += batchSize) {
    const reason = job.stopRequested();
    if (reason !== undefined) throw new Stopped(reason);
    const batch = waiting.slice(start, start + batchSize);
    const replan = await check(batch.map(({ version }) => version));
    if (replan !== undefined) return { checks, manifestsRead, replan };
    const there = batch.filter(({ version }) => outcomes.get(version.digest)?.outcome !== "gone");
    await removeBatch(there, { job, parentsOf, outcomes });
    versions = versions.filter(({ digest }) => {
      const outcome = outcomes.get(digest);
      return outcome === undefined || !isGone(outcome);
    });
    removed += batch.length;
    job.progress.tell(() => {
      const left = started - removed;
      return `Removed ${removed} of ${started} versions of ${job.api.name}, about ${describeMinutes(left * job.pacing.interval())} left.`;
    });
  }
  // Also where it was an earlier plan of this run that removed something.
  if (outcomes.size > 0) {
    const replan = await check([]);
    if (replan !== undefined) return { checks, manifestsRead, replan };
    if ((await repairTagged(job, graph, outcomes)) > 0) {
      return { checks, manifestsRead, replan: "a tag was moved to what was just removed" };
    }
  }
  return { checks, manifestsRead, replan: undefined };
}

/** A look that shows what this run has removed is one at the past. */
async function lookUntilCurrent(
  { job, outcomes }: Application,
  versions: readonly PackageVersion[],
  batch: readonly PackageVersion[],
): Promise<SecondLook> {
  const removed = new Set([...outcomes.values()].filter(isGone).map(({ version }) => version.id));
  for (let look = 1; ; look += 1) {
    const seen = await lookAgain(job.api, versions, batch);
    if (look === mostLooks || !seen.fresh.some(({ id }) => removed.has(id))) return seen;
    await job.timing.sleep(lag);
  }
}

/** Of each version what goes before it: removed ones that name it as a part, and the one it is a signature or an SBOM of. */
function findParents(plan: PrunePlan, graph: ImageGraph): (digest: string) => readonly string[] {
  const place = new Map(plan.remove.map(({ version }, index) => [version.digest, index]));
  const parents = new Map<string, string[]>();
  const add = (digest: string, parent: string): void => {
    // Only what the plan puts before it is waited for: content that is about a part of itself would wait for ever.
    if ((place.get(parent) ?? Number.POSITIVE_INFINITY) >= (place.get(digest) ?? -1)) return;
    const known = parents.get(digest);
    if (known === undefined) parents.set(digest, [parent]);
    else known.push(parent);
  };
  for (const { version } of plan.remove) {
    for (const subject of version.tags.map(subjectOfTag)) if (subject !== undefined) add(version.digest, subject);
    const entry = graph.get(version.digest);
    if (entry === undefined || "unreadable" in entry) continue;
    if (entry.subject !== undefined) add(version.digest, entry.subject);
    for (const child of entry.children) add(child, version.digest);
  }
  return (digest) => parents.get(digest) ?? [];
}

/** A pull request that was opened again, a branch that came (back), and one that was pushed back to a commit keep an image. */
async function changedState({ job, plan, state: before }: Application): Promise<string | undefined> {
  const now = await job.readState(stateAge);
  const opened = [...now.openPullRequests.keys()].some((number) => !before.openPullRequests.has(number));
  if (opened || [...now.branches.keys()].some((branch) => !before.branches.has(branch))) {
    return "a pull request or a branch is there that was not";
  }
  const heads = new Set([
    ...findMoved(before.openPullRequests, now.openPullRequests),
    ...findMoved(before.branches, now.branches),
  ]);
  // Heads move all day; only one whose image is to go matters.
  const isNeeded = ({ version }: PlannedVersion): boolean =>
    version.tags.some((tag) => tag.match(/[0-9a-f]{7}/gu)?.some((sha7) => heads.has(sha7)));
  return heads.size > 0 && plan.remove.some(isNeeded)
    ? "a pull request or a branch has moved to what was to go"
    : undefined;
}

/** The first digits of heads that are new to their pull request or branch, whatever else they were the head of. */
function findMoved<Key>(before: ReadonlyMap<Key, string>, now: ReadonlyMap<Key, string>): readonly string[] {
  return [...now].filter(([key, head]) => before.get(key) !== head).map(([, head]) => head.slice(0, 7));
}
