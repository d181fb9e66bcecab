import type { ActionSources } from "./action.ts";
import type { Permissions } from "./permissions.ts";
import type { Progress } from "./progress.ts";

/** What a run has around it: in life GitHub and its runners. */
export interface Surroundings extends ActionSources {
  /** The product repository whose event this is. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** What a job may do where no `permissions` are written. */
  readonly defaultPermissions: Permissions;
  /** Makes the GITHUB_TOKEN of one job. */
  readonly mintToken: (permissions: Permissions) => string;
  /** The variables of the machine that steps need, such as PATH and DOCKER_HOST; `home` is the job's own folder. */
  readonly prepareMachine: (home: string) => Promise<Readonly<Record<string, string>>>;
  /** `amd64` or `arm64`: a job of the other kind runs here through emulation. */
  readonly architecture: "amd64" | "arm64";
  /**
   * How a job skipped inside a called workflow counts for what waits for the call: reports of GitHub disagree
   * (https://github.com/actions/runner/issues/2205), so both readings can be played.
   */
  readonly skippedInCalls: "leak" | "stay";
  /** Where this run may keep what it needs while it runs. */
  readonly folder: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly report: (progress: Progress) => void;
}
