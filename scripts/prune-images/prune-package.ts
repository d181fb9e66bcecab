import {
  factsOf,
  findLostSubjects,
  type ImageGraph,
  type ManifestEntry,
  type PackageVersion,
  type PlannedVersion,
  type PrunePlan,
  planPrune,
  subjectOfTag,
} from "@longshore/cleanup";
import { LimitReached } from "../lib/github/pacing.ts";
import { applyPlan } from "./apply-plan.ts";
import { countReclaimed } from "./count-reclaimed.ts";
import { listVersions } from "./list-versions.ts";
import { type PackageJob, Stopped } from "./package-job.ts";
import { type Ending, isGone, type PackageFigures, type PackageResult, type VersionOutcome } from "./prune-result.ts";
import { readDeleted } from "./read-deleted.ts";
import { addManifests, completeGraph } from "./read-graph.ts";

const mostIdlePlans = 5;

/** Plans one package and applies the plan. Never throws: how it ended is part of the result. `onChange` sees each stage. */
export async function prunePackage(
  job: PackageJob,
  onChange: (result: PackageResult) => void = () => {},
): Promise<PackageResult> {
  const { settings, api, timing } = job;
  const started = timing.now();
  const outcomes = new Map<string, VersionOutcome>();
  const warnings = new Set<string>();
  /** What the package had and has no more, as far as it was asked for. */
  const deleted = new Set<string>();
  let graph = new Map<string, ManifestEntry>();
  let versions: readonly PackageVersion[] = [];
  let plan: PrunePlan | undefined;
  let figures: PackageFigures = {
    versions: 0,
    manifestsRead: 0,
    manifestsKnown: 0,
    listings: 0,
    plans: 0,
    checks: 0,
    secondsToPlan: 0,
  };
  const count = (more: Partial<PackageFigures>): void => {
    figures = { ...figures, ...more };
  };
  const result = (ending: Ending): PackageResult => describe({ job, plan, outcomes, warnings, graph, figures, ending });

  try {
    for (let idle = 0; ; ) {
      const listing = await listVersions(job);
      versions = listing.versions;
      if (figures.plans === 0) {
        graph = await job.cache.read(new Set(versions.map(({ digest }) => digest)));
        count({ manifestsKnown: graph.size });
      }
      // Pushed or restored by somebody since: it is there again.
      for (const { digest } of versions) {
        const before = outcomes.get(digest);
        if (before !== undefined && isGone(before)) outcomes.delete(digest);
      }
      // GitHub's list of the deleted ones may lag behind.
      for (const [digest, item] of outcomes) if (isGone(item)) deleted.add(digest);
      // What could not be read for an earlier plan may be readable now.
      for (const [digest, entry] of graph) if ("unreadable" in entry) graph.delete(digest);
      const readFirst = await completeGraph(job, versions, graph);
      const lost = findLostSubjects(versions, graph).filter((digest) => !deleted.has(digest));
      if (lost.length > 0) {
        const { found, warning } = await readDeleted(job, lost);
        for (const digest of found) deleted.add(digest);
        if (warning !== undefined) warnings.add(warning);
      }
      // The state of the repository is read last: what was opened or created up to here is seen.
      const state = await job.readState(0);
      const now = settings.plannedAt ?? timing.now();
      const makePlan = (): PrunePlan =>
        planPrune(versions, graph, { ...state, serverUrl: settings.serverUrl, deleted, now }, settings.rules);
      plan = makePlan();
      let read = readFirst;
      for (let round = 0; round < 3; round += 1) {
        const missing = [...plan.undecided, ...(settings.measureBytes ? versions.map(({ digest }) => digest) : [])];
        const unread = [...new Set(missing)].filter((digest) => !graph.has(digest));
        if (unread.length === 0) break;
        read += await addManifests(job, unread, graph);
        plan = makePlan();
      }
      for (const warning of plan.warnings) warnings.add(warning);
      count({
        versions: Math.max(figures.versions, versions.length),
        listings: figures.listings + listing.readings,
        manifestsRead: figures.manifestsRead + read,
        plans: figures.plans + 1,
        ...(figures.plans === 0 ? { secondsToPlan: (timing.now() - started) / 1000 } : {}),
      });
      await saveCache(job, versions, graph);
      job.print(
        `${api.name}: ${versions.length} versions, ${plan.keep.length} stay, ${plan.remove.length} ${settings.dryRun ? "would go" : "go"}.`,
      );
      if (settings.dryRun) return result({ kind: "done" });
      onChange(result({ kind: "stopped", reason: "the run was interrupted" }));
      const before = countGone(outcomes);
      const applied = await applyPlan({ job, plan, versions, graph, state, outcomes });
      count({
        checks: figures.checks + applied.checks,
        manifestsRead: figures.manifestsRead + applied.manifestsRead,
      });
      if (applied.replan === undefined) return result({ kind: "done" });
      job.print(`${api.name}: planning again, since ${applied.replan}.`);
      idle = countGone(outcomes) === before ? idle + 1 : 0;
      if (idle >= mostIdlePlans) {
        throw new Stopped(`${api.name} changes so often that no plan holds (${applied.replan})`);
      }
    }
  } catch (error) {
    const clean = error instanceof Stopped || error instanceof LimitReached;
    return result(clean ? { kind: "stopped", reason: error.message } : { kind: "failed", error });
  }
}

function countGone(outcomes: ReadonlyMap<string, VersionOutcome>): number {
  return [...outcomes.values()].filter(isGone).length;
}

/** A cache that cannot be written costs time at the next run, nothing else. */
async function saveCache(job: PackageJob, versions: readonly PackageVersion[], graph: ImageGraph): Promise<void> {
  try {
    const wanted = versions.flatMap(({ digest }) => [digest, factsOf(graph.get(digest))?.labelsIn ?? digest]);
    await job.cache.save(new Set(wanted));
  } catch (error) {
    job.warn(
      `What manifests say could not be kept for the next run: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

function describe(parts: {
  readonly job: PackageJob;
  readonly plan: PrunePlan | undefined;
  readonly outcomes: ReadonlyMap<string, VersionOutcome>;
  readonly warnings: ReadonlySet<string>;
  readonly graph: ReadonlyMap<string, ManifestEntry>;
  readonly figures: PackageFigures;
  readonly ending: Ending;
}): PackageResult {
  const { job, plan, outcomes, warnings, graph, figures, ending } = parts;
  const detail = ending.kind === "stopped" ? ending.reason : "the run ended before its turn";
  const dry = job.settings.dryRun;
  const untried: readonly VersionOutcome[] = (plan?.remove ?? [])
    .filter(({ version }) => !outcomes.has(version.digest))
    .map((item) => ({ ...item, outcome: "left", ...(dry ? {} : { detail }) }));
  // What came back and is kept by the newest plan counts as kept.
  const keptNow = new Set(plan?.keep.map(({ version }) => version.digest));
  const planned = [...[...outcomes.values()].filter(({ version }) => !keptNow.has(version.digest)), ...untried].map(
    (item) => ({ ...item, ...describeParts(item.version, graph) }),
  );
  const kept: readonly PlannedVersion[] = plan?.keep ?? [];
  const going = dry ? planned : planned.filter(isGone);
  return {
    package: job.api.name,
    image: job.registry.image,
    kept,
    planned,
    warnings: [...warnings],
    ...countReclaimed(planned, going, kept, graph),
    figures,
    ending,
  };
}

function describeParts({ digest, tags }: PackageVersion, graph: ImageGraph): Pick<VersionOutcome, "parts" | "about"> {
  const entry = graph.get(digest);
  const facts = entry === undefined || "unreadable" in entry ? undefined : entry;
  const about = facts?.subject ?? tags.flatMap((tag) => subjectOfTag(tag) ?? [])[0];
  return {
    ...(facts !== undefined && facts.children.length > 0 ? { parts: facts.children } : {}),
    ...(about === undefined ? {} : { about }),
  };
}
