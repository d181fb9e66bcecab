import { randomUUID } from "node:crypto";
import { totalmem } from "node:os";
import { docker } from "../lib/programs/docker.ts";
import { watchContainer } from "./watch-container.ts";

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

/**
 * What the programs of ordinary images need to start as root and give it up. Of Docker's own list are left out: making devices, raw
 * packets, writing to the audit log, and giving files capabilities.
 */
const CAPABILITIES = [
  ...[
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "NET_BIND_SERVICE",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
  ],
];
const MOST_PROCESSES = 4096;

/** No more than an image needs to run, and no more of the machine than leaves the job alive. */
function limits(): readonly string[] {
  return [
    "--cap-drop=ALL",
    ...CAPABILITIES.map((name) => `--cap-add=${name}`),
    "--security-opt=no-new-privileges",
    `--pids-limit=${MOST_PROCESSES}`,
    `--memory=${Math.floor(totalmem() * 0.75)}`,
    // What it prints is read here; the engine would keep all of it on the disk.
    "--log-driver=none",
  ];
}

/**
 * Runs one command in a container that is gone afterwards, however this process ends. What it prints is printed while it runs.
 */
export async function runCommand({
  image,
  platform,
  command,
  network,
  timeLimit,
}: ContainerRun): Promise<CommandOutcome> {
  const name = `longshore-smoke-${randomUUID()}`;
  const started = performance.now();
  const options = ["--rm", "--pull", "never", "--name", name, "--platform", platform, ...limits()];
  const remove = () => docker(["rm", "--force", "--volumes", name]);
  let late = false;
  let again: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => {
    late = true;
    void remove();
    // Should it only be starting now, there was nothing to remove yet.
    again = setInterval(() => void remove(), 1000);
  }, timeLimit);
  const endWatch = watchContainer(name);
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
    await remove();
    await endWatch();
  }
}
