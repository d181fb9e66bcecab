import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { nodePath } from "../run-bundle.ts";
import { root, stepNames } from "../workflows/workflow-files.ts";
import { type Figure, median, milliseconds } from "./figure.ts";

const limit = 6;
const rounds = 9;

/** Milliseconds of one process from start to end. */
function timeOf(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now();
  spawnSync(nodePath, args, { env, stdio: "ignore" });
  return performance.now() - started;
}

/**
 * Start of each step against a bare Node: the bundle as the runner starts it, up to its first sentence, which is that an
 * input or the event is missing. Taken in turns, so that a slow moment of the machine hits both.
 */
export function measureStepStarts(): readonly Figure[] {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const bare: number[] = [];
  const steps = new Map<string, number[]>(stepNames.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    bare.push(timeOf(["-e", "0"], env));
    for (const [name, times] of steps) times.push(timeOf([join(root, `scripts/dist/${name}.js`)], env));
  }
  return [...steps].map(([name, times]) => {
    const factor = median(times) / median(bare);
    return {
      name: `start of ${name}`,
      measured: `${milliseconds(median(times))}, ${factor.toFixed(1)} ×`,
      baseline: `\`node -e 0\`: ${milliseconds(median(bare))}`,
      limit: `${limit} ×`,
      kept: factor <= limit,
    };
  });
}
