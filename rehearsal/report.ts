import type { Progress, RunRecord } from "./runner/progress.ts";

/** What a rehearsal found; `--json` prints it. Times are milliseconds. */
export interface RehearsalReport {
  readonly ok: boolean;
  readonly engine: string;
  /** The platform that QEMU stood in for; empty where both ran natively. */
  readonly emulated: string;
  readonly ms: number;
  readonly stories: readonly StoryReport[];
}

export interface StoryReport {
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly ms: number;
  /** `localhost:PORT` */
  readonly registry: string;
  /** Folder with the job summaries and logs. */
  readonly kept: string;
  readonly chapters: readonly ChapterReport[];
  readonly images: readonly ImageRow[];
}

export interface ChapterReport {
  readonly number: number;
  readonly title: string;
  readonly ms: number;
  readonly runs: readonly RunRecord[];
  readonly checks: readonly Check[];
}

export interface Check {
  readonly sentence: string;
  readonly ok: boolean;
  /** What was found instead. */
  readonly found?: string;
}

/** One tag in the registry at the end. */
export interface ImageRow {
  readonly repository: string;
  readonly tag: string;
  readonly class: string;
  readonly mutability: "immutable" | "moving";
  readonly digest: string;
  readonly platforms: readonly string[];
  readonly revision: string;
  /** The chapter that put the tag where it is. */
  readonly chapter: number;
}

/** What happens in a rehearsal, as it happens. */
export type StoryProgress =
  | Progress
  | { readonly type: "story-started"; readonly name: string; readonly title: string }
  | { readonly type: "preparing"; readonly text: string }
  | { readonly type: "chapter-started"; readonly number: number; readonly title: string }
  | ({ readonly type: "check" } & Check);
