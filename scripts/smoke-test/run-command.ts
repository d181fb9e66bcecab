import { randomUUID } from "node:crypto";
import { docker } from "../lib/docker.ts";

export interface CommandOutcome {
  /** Undefined when the time limit ended it. */
  readonly exitCode?: number;
  readonly seconds: number;
}

export interface ContainerRun {
  readonly image: string;
  readonly platform: string;
  readonly command: readonly string[];
  readonly network: boolean;
  /** Milliseconds. */
  readonly timeLimit: number;
}

/** Runs one command in a container that is gone afterwards. What it prints is printed while it runs. */
export async function runCommand({
  image,
  platform,
  command,
  network,
  timeLimit,
}: ContainerRun): Promise<CommandOutcome> {
  const name = `longshore-smoke-${randomUUID()}`;
  const started = performance.now();
  const options = ["--rm", "--pull", "never", "--name", name, "--platform", platform];
  let late = false;
  let again: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => {
    late = true;
    const end = () => void docker(["rm", "--force", name]);
    end();
    // Should it only be starting now, there was nothing to remove yet.
    again = setInterval(end, 1000);
  }, timeLimit);
  try {
    const { exitCode } = await docker(
      ["run", ...options, ...(network ? [] : ["--network", "none"]), image, ...command],
      { print: true },
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return late ? { seconds } : { exitCode, seconds };
  } finally {
    clearTimeout(limit);
    clearInterval(again);
  }
}
