import { GitHubError } from "../lib/github/error.ts";
import { createPacing, LimitReached } from "../lib/github/pacing.ts";
import { type OwnerKind, openPackage, readOwnerKind } from "../lib/github/packages-api.ts";
import { connectRest } from "../lib/github/rest.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { createProgress } from "../lib/step/progress.ts";
import type { Timing } from "../lib/step/timing.ts";
import { findPackages } from "./find-packages.ts";
import { noManifestCache, openManifestCache } from "./manifest-cache.ts";
import type { PackageJob } from "./package-job.ts";
import { prunePackage } from "./prune-package.ts";
import type { Ending, PackageResult, PruneResult } from "./prune-result.ts";
import type { PruneSettings } from "./prune-settings.ts";
import { type RepositoryState, readRepositoryState } from "./repository-facts.ts";

/** What a prune reaches the world by, besides HTTP. */
export interface PrunePorts {
  readonly timing: Timing;
  readonly print: (line: string) => void;
  readonly warn: (sentence: string) => void;
  /** Why the run shall end as soon as it can. */
  readonly stopRequested?: () => string | undefined;
  /** Before anything of a plan is applied: what is known, for a report that survives the run. */
  readonly onPlan?: (result: PruneResult) => void;
  /** Before each request; what it throws ends the run there. */
  readonly beforeRequest?: () => void;
  /** For tests of what happens between pages and batches. */
  readonly sizes?: { readonly page: number; readonly batch: number };
}

/** Packages in a warning. */
const mostNamed = 10;
/** Twenty seconds at the usual pace. */
const usualBatch = 50;

/**
 * Plans and prunes the packages one after the other. Throws GitHubError or LimitReached where it ends before the first
 * package; later each package's result tells how it ended.
 */
export async function prune(settings: PruneSettings, ports: PrunePorts): Promise<PruneResult> {
  const { timing, print, warn, beforeRequest } = ports;
  const startedAt = timing.now();
  const pacing = createPacing({
    timing,
    deletesPerMinute: settings.deletesPerMinute,
    longestWait: settings.longestWait,
    onWait: warn,
  });
  const rest = connectRest({
    url: settings.apiUrl,
    token: settings.token,
    pacing,
    timing,
    onRetry: print,
    beforeRequest,
  });
  let state: RepositoryState = {
    openPullRequests: new Map(),
    branches: new Map(),
    defaultBranch: "",
    repositoryNames: [settings.repository],
  };
  let stateReadAt = Number.NEGATIVE_INFINITY;
  const readState = async (olderThan: number): Promise<RepositoryState> => {
    if (olderThan === 0 || timing.now() - stateReadAt >= olderThan) {
      const time = timing.now();
      state = await readRepositoryState(rest, settings.repository);
      stateReadAt = time;
    }
    return state;
  };
  const packages: PackageResult[] = [];
  let ownerKind: OwnerKind | undefined;
  const result = (): PruneResult => ({
    owner: settings.owner,
    ownerKind,
    registry: settings.registry,
    repository: settings.repository,
    dryRun: settings.dryRun,
    rules: settings.rules,
    startedAt,
    finishedAt: timing.now(),
    facts: {
      openPullRequests: [...state.openPullRequests.keys()],
      branches: [...state.branches.keys()],
      defaultBranch: state.defaultBranch,
      heads: {
        pullRequests: Object.fromEntries(state.openPullRequests),
        branches: Object.fromEntries(state.branches),
      },
    },
    packages,
    figures: {
      apiCalls: { ...rest.calls },
      manifestsRead: packages.reduce((sum, { figures }) => sum + figures.manifestsRead, 0),
      secondsWaitedForLimits: pacing.waited() / 1000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    },
  });

  let names: readonly string[];
  try {
    ownerKind = await readOwnerKind(rest, settings.owner);
    names = await findPackages(rest, ownerKind, settings.owner, settings.packages);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    names = [];
    warn(
      `Nothing was looked at: ${error.message}. Run the prune again later, or let it wait longer (\`wait-minutes\`).`,
    );
  }
  for (const [place, name] of names.entries()) {
    if (ownerKind === undefined) break;
    const job: PackageJob = {
      settings,
      api: openPackage(rest, ownerKind, settings.owner, name, ports.sizes?.page),
      registry: openRegistry(`${settings.registry}/${settings.owner}/${name}`.toLowerCase(), {
        credentials: async () =>
          settings.token === "" ? undefined : { kind: "password", username: "longshore", password: settings.token },
      }),
      cache: settings.cacheFolder === "" ? noManifestCache : openManifestCache(settings.cacheFolder, name, warn),
      pacing,
      timing,
      progress: createProgress(print, timing.now),
      print,
      warn,
      readState,
      stopRequested: ports.stopRequested ?? (() => undefined),
      onPlan: () => ports.onPlan?.(result()),
      beforeRequest,
      batchSize: ports.sizes?.batch ?? usualBatch,
    };
    const outcome = await prunePackage(job, (interim) => {
      packages[place] = interim;
      job.onPlan();
    });
    packages[place] = outcome;
    if (!endsAll(outcome.ending)) continue;
    const left = names.slice(place + 1);
    if (left.length > 0) {
      const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : "";
      warn(
        `${left.slice(0, mostNamed).join(", ")}${more} ${left.length === 1 ? "was" : "were"} not looked at, since the run ended at ${name}: run the prune again.`,
      );
    }
    break;
  }
  return result();
}

/** A limit, a wish to stop and a token that is not valid are the same for the next package. */
function endsAll(ending: Ending): boolean {
  if (ending.kind !== "failed") return ending.kind === "stopped";
  return !(ending.error instanceof GitHubError && ending.error.status !== 401);
}
