import { callerFromExample } from "../../rehearsal/examples.ts";
import { rehearse } from "../../rehearsal/run-rehearsal.ts";
import type { RunRecord } from "../../rehearsal/runner/progress.ts";
import type { Stage } from "../../rehearsal/stage.ts";
import { dockerfile } from "../../rehearsal/stories/fixture.ts";
import type { Story } from "../../rehearsal/stories/story.ts";
import { startDockerClock } from "./docker-clock.ts";
import { type Figure, median, seconds } from "./figure.ts";

const rounds = 3;
const limit = 2000;
const repository = "acme/app";

/** Milliseconds of all our steps of a run together, whatever job they are of. */
function ourSteps({ jobs }: RunRecord): number {
  const steps = jobs.flatMap((job) => job.steps).filter(({ uses }) => uses.includes("/scripts/"));
  if (steps.length === 0) throw new Error("The rehearsal ran none of our steps: there is nothing to measure.");
  return steps.reduce((sum, { ms }) => sum + ms, 0);
}

/** A push to main that is built, and the same push again, several times, on the workflow files as they are. */
function storyOf(clock: () => readonly number[], seen: { built: number[]; again: number[]; builds: number[] }): Story {
  return {
    name: "benchmark",
    title: "a commit is built, and run again",
    repositories: [repository],
    files: async (host, base) => ({
      Dockerfile: dockerfile(base),
      message: "first",
      ".github/workflows/image.yml": `${await callerFromExample("one-image.yml", [])}    with:\n      image: ${host}/\${{ github.repository }}\n`,
    }),
    play: async ({ product, events, chapter }: Stage) => {
      for (let round = 1; round <= rounds; round += 1) {
        const sha = await product.commit("main", `Change ${round}`, { message: `change ${round}` });
        const event = await events.push("main", sha);
        await chapter(`commit ${round} is built`, async ({ run }) => {
          const before = clock().length;
          const record = await run(event);
          const building = clock()
            .slice(before)
            .reduce((sum, ms) => sum + ms, 0);
          seen.builds.push(building);
          seen.built.push(ourSteps(record) - building);
        });
        await chapter(`commit ${round} runs again`, async ({ run, check }) => {
          const before = clock().length;
          seen.again.push(ourSteps(await run(event, { attempt: 2 })));
          check("nothing is built", clock().length - before, 0);
        });
      }
    },
  };
}

/** What Longshore adds to the build itself: three plans, two build steps without their `docker buildx build`, one merge. */
export async function measureMainJob(): Promise<readonly Figure[]> {
  const seen = { built: [] as number[], again: [] as number[], builds: [] as number[] };
  const story = storyOf(await startDockerClock(), seen);
  const report = await rehearse([story]);
  if (!report.ok) {
    const broken = report.stories
      .flatMap(({ chapters }) => chapters)
      .flatMap(({ checks }) => checks.filter(({ ok }) => !ok));
    throw new Error(
      `The rehearsal failed: ${broken.map(({ sentence, found }) => `${sentence} (${found})`).join("; ")}`,
    );
  }
  return [
    {
      name: "main job, around the build: all steps of all jobs in sum",
      measured: seconds(median(seen.built)),
      baseline: `\`docker buildx build\`, both platforms: ${seconds(median(seen.builds))}`,
      limit: seconds(limit),
      kept: median(seen.built) < limit,
    },
    {
      name: "main job, a commit that was built: all steps of all jobs in sum",
      measured: seconds(median(seen.again)),
      baseline: `building it: ${seconds(median(seen.built) + median(seen.builds))}`,
      limit: seconds(limit),
      kept: median(seen.again) < limit,
    },
  ];
}
