export type Conclusion = "success" | "failure" | "cancelled" | "skipped" | "timed_out";

export interface WorkflowJobInput {
  /** Default `build / amd64`. */
  readonly name?: string;
  /** Default success. */
  readonly conclusion?: Conclusion;
  /** Name to how it ended, in order. */
  readonly steps?: Readonly<Record<string, Conclusion>>;
  /** Its lines, to which dates are put before; or the status that tells that GitHub has it no more. Default: no line. */
  readonly log?: string | 404 | 410;
}

export interface WorkflowRunInput {
  /** Default: it has ended. */
  readonly status?: "in_progress" | "completed";
  /** Default success. */
  readonly conclusion?: Conclusion | "startup_failure";
  readonly jobs?: readonly WorkflowJobInput[];
  /** Default: the next one. */
  readonly id?: number;
  /** Default `push`. */
  readonly event?: string;
  /** Default `.github/workflows/build.yml`. */
  readonly path?: string;
  /** Branch of what was pushed. Default: the default branch. */
  readonly branch?: string;
  /** `owner/name` of what was pushed, a fork's of its pull requests; empty where that is gone. Default: the repository. */
  readonly headRepository?: string;
  /** Paths of the workflows that it called, `owner/name/.github/workflows/file.yml@ref`. */
  readonly calls?: readonly string[];
}

export interface WorkflowJob extends Required<WorkflowJobInput> {
  readonly id: number;
}

/** A run of GitHub Actions, as it is listed. */
export interface WorkflowRun extends Required<Omit<WorkflowRunInput, "branch" | "headRepository">> {
  readonly branch: string | undefined;
  readonly headRepository: string | undefined;
  readonly number: number;
  readonly createdAt: Date;
  readonly jobs: readonly WorkflowJob[];
}

/** The run of that number, with what it left out filled in. Ids are good for one repository. */
export function workflowRun(id: number, number: number, createdAt: Date, input: WorkflowRunInput): WorkflowRun {
  const { status = "completed", conclusion = "success", jobs = [] } = input;
  const filled = jobs.map((job, index) => ({
    ...{ id: id * 100 + index, name: "build / amd64", conclusion: "success" as const, steps: {}, log: "" },
    ...job,
  }));
  const { event = "push", path = ".github/workflows/build.yml", branch, headRepository, calls = [] } = input;
  return {
    id: input.id ?? id,
    number,
    createdAt,
    status,
    conclusion,
    jobs: filled,
    event,
    path,
    branch,
    headRepository,
    calls,
  };
}
