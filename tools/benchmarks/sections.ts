import { measureBundles } from "./bundle-size.ts";
import { measureCommitBuilds } from "./commit-builds.ts";
import type { Figure } from "./figure.ts";
import { measureMainJob } from "./main-job.ts";
import { measurePlanRuns } from "./plan-runs.ts";
import { measureDeletes, measurePrunePlans, watchedSeconds } from "./prune-runs.ts";
import { measureStepStarts } from "./step-starts.ts";

/** How thorough: `quick` leaves out what takes minutes, `full` leaves out nothing. */
export type Depth = "quick" | "usual" | "full";

/** One table of the benchmark, and what is to be known of it. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly measure: (depth: Depth) => Promise<readonly Figure[]>;
  /** Markdown below the table. */
  readonly notes: string;
}

export const sections: readonly Section[] = [
  {
    name: "build",
    title: "Build",
    measure: async (depth) => [
      ...measureStepStarts(),
      measureBundles(),
      ...(await measurePlanRuns()),
      ...(depth === "quick" ? [] : await measureMainJob()),
    ],
    notes: `- Medians of several rounds.
- A step's start is its bundle in a process of its own, up to its first sentence, against Node that does nothing.
- \`plan-image\` is the whole step, with its API calls to a server on loopback.
- The main job is the rehearsal's: our workflow file, a real BuildKit, a registry on loopback, two platforms, the second by
  emulation where the machine has one kind of processor. Checkout and the set-up of Buildx are not ours and not counted; logging in is.
- "In sum" counts every job's steps one after the other, although the two build jobs run side by side.`,
  },
  {
    name: "commits",
    title: "Commits",
    measure: async (depth) => (depth === "quick" ? [] : await measureCommitBuilds()),
    notes: `- Each commit changes one small file above the large layer, which the builder holds: what is measured is the push, once with and three
  times without that layer. Each way has a layer and a repository of its own.
- The build step runs as a process, with all it asks the registry for, pushes by digest and puts no tag.`,
  },
  {
    name: "prune",
    title: "Prune",
    measure: async (depth) => {
      if (depth === "quick") return [];
      const sizes = depth === "full" ? [1000, 5000, 20_000] : [1000, 5000];
      return [...(await measurePrunePlans(sizes)), await measureDeletes()];
    },
    notes: `- Compared with dataaxiom/ghcr-cleanup-action v1.2.1 on a package of the same shape.
- The step runs as a process against a server on loopback that takes 20 ms for each answer, once without and once with what the first
  run kept. Both are dry runs: all that comes before the first delete, the report included.
- Each image is an index over two platforms and their attestations. 58 % of the images may go; there are three untagged ones to ten
  with a tag. Of 100 images one has a platform with a tag of its own, and one is an index in an index.
- What stays is found by walking from the tags, without the code that is measured.
- A manifest is read once: those with a tag, those in no index, and the indexes in an index.
- A prune of 1,000 images is killed after ${watchedSeconds} seconds. The first 25 deletes come at once; the figure is the pace after them.
- GitHub allows 900 points a minute: a read of the API is 1, a delete 5; reads of the registry are not among them. From 85,000 versions
  on the listing alone fills a minute, and everybody has to wait for the next.`,
  },
];
