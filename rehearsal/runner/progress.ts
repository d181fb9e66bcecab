import type { AnnotationLevel } from "./workflow-commands.ts";

/** What happens in a run, as it happens. Texts are masked. `job` is its path: `image / amd64`. */
export type Progress =
  | { readonly type: "job-started"; readonly job: string; readonly runner: string; readonly emulated: boolean }
  | { readonly type: "job-ended"; readonly job: string; readonly result: Result; readonly ms: number }
  | { readonly type: "step-started"; readonly job: string; readonly step: string }
  | {
      readonly type: "step-ended";
      readonly job: string;
      readonly step: string;
      readonly outcome: Result;
      readonly ms: number;
    }
  | { readonly type: "line"; readonly job: string; readonly step: string; readonly text: string }
  | ({ readonly type: "annotation" } & Annotation);

export interface Annotation {
  readonly job: string;
  readonly step: string;
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
}

export type Result = "success" | "failure" | "cancelled" | "skipped";

export interface StepRecord {
  readonly name: string;
  readonly id: string;
  readonly uses: string;
  readonly outcome: Result;
  readonly conclusion: Result;
  /** Milliseconds. */
  readonly ms: number;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A job that ran or was skipped. */
export interface JobRecord {
  readonly job: string;
  readonly result: Result;
  readonly ms: number;
  readonly steps: readonly StepRecord[];
  /** The steps' summaries, masked. */
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface RunRecord {
  /** `GITHUB_RUN_ID`. */
  readonly runId: number;
  readonly result: Result;
  readonly jobs: readonly JobRecord[];
  readonly annotations: readonly Annotation[];
  readonly ms: number;
}
