import type { EventContext } from "@longshore/tagging";
import { pullRequest, push } from "../../doubles/events.ts";
import { type Figure, median, milliseconds } from "./figure.ts";
import { runPlanImage, startExample } from "./plan-image-run.ts";

const rounds = 11;

/** docker/metadata-action v6.2.0, measured on a machine of the same kind. Milliseconds. */
const published = { "pull request": 255, "tag push": 274 } as const;

/** The whole step, from the start of its process to its end, API calls included (to a server on loopback). */
export async function measurePlanRuns(): Promise<readonly Figure[]> {
  const events: Readonly<Record<keyof typeof published, EventContext>> = {
    "pull request": pullRequest(),
    "tag push": push("refs/tags/v1.2.3"),
  };
  const gitHub = await startExample(["v1.1.8", "v1.2.0", "v1.2.3"]);
  try {
    const figures: Figure[] = [];
    for (const [name, event] of Object.entries(events)) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const run = await runPlanImage(event, gitHub);
        if (run.exitCode !== 0) throw new Error(`plan-image failed: ${run.errors.join(" ")}`);
        times.push(run.milliseconds);
      }
      const baseline = published[name as keyof typeof published];
      figures.push({
        name: `plan-image, ${name}`,
        measured: milliseconds(median(times)),
        baseline: `docker/metadata-action: ${baseline} ms (published)`,
        limit: milliseconds(baseline / 2),
        kept: median(times) < baseline / 2,
      });
    }
    return figures;
  } finally {
    await gitHub.stop();
  }
}
