import type { CacheMode } from "./cache-mode.ts";

/** Plays a foreign action. It knows the inputs it lists, with their defaults, and no others. */
export interface StandIn {
  /** As in `uses`, without `@`: `actions/checkout`. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Throws a StepFailure with the sentence that becomes the step's error. */
  run(step: StandInStep): Promise<StandInResult>;
}

export interface StandInStep {
  readonly inputs: Readonly<Record<string, string>>;
  /** The environment a process of this step would have: `GITHUB_WORKSPACE`, `DOCKER_CONFIG` and so on. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder where the run's artifacts are kept, one folder each. */
  readonly artifacts: string;
  readonly cacheMode: CacheMode;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly mask: (secret: string) => void;
}

export interface StandInResult {
  readonly outputs?: Readonly<Record<string, string>>;
  /** What the action does after the job's last step. */
  readonly post?: () => Promise<void>;
  /** Default `always()`. */
  readonly postIf?: string;
}
