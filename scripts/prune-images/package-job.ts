import type { Pacing } from "../lib/github/pacing.ts";
import type { PackageApi } from "../lib/github/packages-api.ts";
import type { Registry } from "../lib/registry/registry.ts";
import type { Progress } from "../lib/step/progress.ts";
import type { Timing } from "../lib/step/timing.ts";
import type { ManifestCache } from "./manifest-cache.ts";
import type { PruneSettings } from "./prune-settings.ts";
import type { RepositoryState } from "./repository-facts.ts";

/** What the prune of one package works with. */
export interface PackageJob {
  readonly settings: PruneSettings;
  readonly api: PackageApi;
  readonly registry: Registry;
  /** Manifests that earlier runs read. */
  readonly cache: ManifestCache;
  readonly pacing: Pacing;
  readonly timing: Timing;
  readonly progress: Progress;
  readonly print: (line: string) => void;
  readonly warn: (sentence: string) => void;
  /** Reads open pull requests and branches; what was read less than so many milliseconds ago is good enough. */
  readonly readState: (olderThan: number) => Promise<RepositoryState>;
  /** Why the run shall end as soon as it can; undefined while it shall go on. */
  readonly stopRequested: () => string | undefined;
  /** Told when a plan is about to be applied, so that a report exists whatever comes. */
  readonly onPlan: () => void;
  readonly beforeRequest: (() => void) | undefined;
  /** Versions that are removed between two looks. */
  readonly batchSize: number;
}

/** The run shall end, and what is left is for the next one. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}
