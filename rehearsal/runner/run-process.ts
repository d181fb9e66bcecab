import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing of ours is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Ends the process and all it has started. */
  readonly signal: AbortSignal;
}

/** Runs a program to its end and gives its exit code; 128 and more if a signal ended it. */
export async function runProcess(request: ProcessRequest): Promise<number> {
  if (request.signal.aborted) return 130;
  const child = spawn(request.program, [...request.args], {
    cwd: request.cwd,
    env: request.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that its children can be ended with it.
    detached: true,
  });
  const end = (): void => {
    kill(child.pid, "SIGINT");
    setTimeout(() => kill(child.pid, "SIGKILL"), 2_000).unref();
  };
  request.signal.addEventListener("abort", end, { once: true });
  const lines = Promise.all([readLines(child.stdout, request.onLine), readLines(child.stderr, request.onLine)]);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (exit, signal) => resolve(exit ?? (signal === null ? 1 : 137)));
    });
    await lines;
    return code;
  } finally {
    request.signal.removeEventListener("abort", end);
  }
}

async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) onLine(line);
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}
