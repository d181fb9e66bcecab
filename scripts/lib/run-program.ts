import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { $ } from "zx/core";
import type { Environment } from "./inputs.ts";
import { printText } from "./print-text.ts";

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to this process's environment, from which the step's own inputs are taken away. */
  readonly env?: Environment;
  /** Only `env`, nothing of this process's environment. */
  readonly bare?: boolean;
  /** Written to its standard input. Default: nothing. */
  readonly input?: Readable;
  /** Prints what the program says while it runs, harmlessly. Default: nothing is printed. */
  readonly print?: boolean;
  /**
   * Is given each line of its standard error while it runs, the beginning of it where it is very long. A line ends with a line
   * feed only: what a build prints after a carriage return is no line of BuildKit's.
   */
  readonly onLine?: (line: string) => void;
}

export interface ProgramRun {
  readonly exitCode: number;
  readonly stdout: string;
  /** The last part of it: enough for the final error and the excerpt before it. */
  readonly stderr: string;
}

const KEPT = 64 * 1024; // characters

/**
 * Runs a program with these arguments, each quoted by zx. A failure is an exit code, not an error; 127 where there is no
 * such program.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun> {
  const { cwd = process.cwd(), env = {}, bare = false, print = false, onLine, input } = options;
  const surroundings = bare ? {} : withoutInputs(process.env);
  const settings = { cwd, env: { ...surroundings, ...env }, nothrow: true, quiet: true, stdio: "pipe" } as const;
  const command = $(input === undefined ? settings : { ...settings, input });
  const running = command`${program} ${[...args]}`;
  if (input === undefined) running.stdin.end();
  let stderr = "";
  const printed = print
    ? [running.stdout, running.stderr].map((stream) => {
        const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
        lines.on("line", printText);
        return new Promise((resolve) => lines.on("close", resolve));
      })
    : [];
  let begun = "";
  running.stderr.on("data", (chunk: Buffer | string) => {
    stderr = `${stderr}${chunk}`.slice(-KEPT);
    if (onLine === undefined) return;
    const lines = `${begun}${chunk}`.split("\n");
    begun = (lines.pop() ?? "").slice(0, KEPT);
    lines.forEach(onLine);
  });
  const { exitCode, stdout } = await running;
  await Promise.all(printed);
  return { exitCode: exitCode ?? 1, stdout, stderr };
}

/** Inputs hold secrets, which no other program needs to see. */
function withoutInputs(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INPUT_")));
}
