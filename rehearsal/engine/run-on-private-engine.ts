import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readlinkSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chooseEnginePackages, type Machine } from "./engine-packages.ts";
import { leftoverPrefix, removeLeftovers } from "./leftovers.ts";
import { endingSignals } from "./run-command.ts";

/**
 * Runs a command on a Docker engine of its own, made of Debian's packages, in mount, network and process namespaces of
 * its own: bridges, firewall rules, mounts and processes cannot outlive the command, whatever ends it.
 */
export async function runOnPrivateEngine(command: readonly string[], machine: Machine, cache: string): Promise<number> {
  const prefix = join(cache, chooseEnginePackages(machine).key);
  if (!existsSync(prefix)) await fetchEngine(cache);
  const owner = `${processNamespace()}-${process.pid}`;
  await removeLeftovers(isDead);
  const inside = spawn(
    "unshare",
    [
      ...["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"],
      // A shell as process 1 buries the orphans that Docker leaves; Node would not.
      ...["sh", "-c", '"$@"; exit $?', "sh"],
      ...[process.execPath, ...process.execArgv, join(import.meta.dirname, "inside-private-engine.ts")],
      ...[prefix, owner, machine.architecture, ...command],
    ],
    // A session of its own: a Ctrl-C arrives here alone and is passed on once.
    { stdio: ["inherit", "inherit", "inherit", "pipe"], detached: true },
  );
  // Its other end sees the pipe close when we are gone, even by kill -9.
  const lifeline = inside.stdio[3] as NodeJS.WritableStream;
  lifeline.on("error", () => {});
  for (const signal of endingSignals) process.on(signal, () => lifeline.write(`${signal}\n`));
  endWithParent(() => lifeline.end());
  const exitCode = await new Promise<number>((resolve, reject) => {
    inside.on("error", reject);
    inside.on("exit", (code) => resolve(code ?? 1));
  });
  await removeLeftovers((name) => name === `${leftoverPrefix}${owner}`);
  return exitCode;
}

async function fetchEngine(cache: string): Promise<void> {
  process.stderr.write("engine: no Docker engine answers; setting up a private one in .cache/engine\n");
  await mkdir(cache, { recursive: true });
  // Should we be killed, the kernel kills `unshare`, and with it apt and all else in its process namespace.
  const program = ["--pdeathsig", "KILL", "unshare", "--pid", "--fork", "--kill-child", "flock", join(cache, "lock")];
  const script = [process.execPath, ...process.execArgv, join(import.meta.dirname, "fetch-private-engine.ts"), cache];
  const fetching = spawn("setpriv", [...program, ...script], { stdio: "inherit" });
  const stopWatching = endWithParent(() => process.exit(1));
  const [code] = await once(fetching, "exit");
  stopWatching();
  if (code !== 0) {
    throw new Error("the private engine could not be set up; its packages come from this machine's apt sources.");
  }
}

/** tsx and pnpm stand between the user and us and cannot pass on a kill -9: a new parent means that ours was killed. */
function endWithParent(end: () => void): () => void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
  return () => clearInterval(watch);
}

/** Whether a leftover belongs to a command that is no more. Process ids of other namespaces (containers) tell us nothing. */
function isDead(name: string): boolean {
  const [, namespace, pid] = /^longshore-(\d+)-(\d+)$/.exec(name) ?? [];
  return namespace === processNamespace() && pid !== undefined && !existsSync(`/proc/${pid}`);
}

function processNamespace(): string {
  return readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
}
