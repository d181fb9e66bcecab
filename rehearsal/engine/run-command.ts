import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

/** Runs a program to its end and gives what it printed on standard output; throws with its words if it fails. */
export async function capture(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: 64 << 20 });
  return stdout;
}

/** Whether a program can be started and says yes. */
export async function succeeds(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<boolean> {
  return capture(program, args, env).then(
    () => true,
    () => false,
  );
}

/** A command in the foreground: it has our terminal, gets our signals, and its exit code is what counts. */
export interface RunningCommand {
  readonly exitCode: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the command the user asked for. The exit code of a command ended by a signal is 128 + its number, as in a shell. */
export function runCommand(command: readonly string[], env: NodeJS.ProcessEnv): RunningCommand {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { env, stdio: "inherit" });
  const exitCode = new Promise<number>((resolve) => {
    child.on("error", (error) => {
      process.stderr.write(`engine: ${program} cannot be started: ${error.message}\n`);
      resolve(127);
    });
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : (signalNumbers[signal] ?? 0))));
  });
  return { exitCode, kill: (signal) => void child.kill(signal) };
}

/** The signals a user or a supervisor ends a command with. */
export const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};
