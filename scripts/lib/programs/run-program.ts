import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { $ } from "zx/core";
import type { Environment } from "../step/inputs.ts";
import { printText } from "../step/print-text.ts";
import { endGroup, endWithStep } from "./end-with-step.ts";
import { type LineSplitter, splitLines } from "./split-lines.ts";

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to this process's environment, from which the step's own inputs are taken away. */
  readonly env?: Environment;
  /** Only `env`, nothing of this process's environment. */
  readonly bare?: boolean;
  /** Written to its standard input. Default: nothing. */
  readonly input?: Readable;
  /**
   * Prints what the program says while it runs, harmlessly: of very long lines the beginning, and of very much the beginning too.
   * Default: nothing is printed.
   */
  readonly print?: boolean;
  /**
   * Is given each line of its standard error while it runs, the beginning of it where it is very long. A line ends with a line
   * feed only: what a build prints after a carriage return is no line of BuildKit's.
   */
  readonly onLine?: (line: string) => void;
}

export interface ProgramRun {
  readonly exitCode: number;
  /** All of it; empty where it is printed. */
  readonly stdout: string;
  /** The last part of it: enough for the final error and the excerpt before it. */
  readonly stderr: string;
}

const KEPT = 64 * 1024; // characters
const MOST_KEPT = 16 * 1024 * 1024; // bytes
const MOST_PRINTED = 16 * 1024 * 1024; // characters

/**
 * Runs a program with these arguments, each quoted by zx. A failure is an exit code, not an error; 127 where there is no
 * such program. It is ended with this process. Throws where a program whose output is read says more than anyone could need.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun> {
  const { cwd = process.cwd(), env = {}, bare = false, print = false, onLine, input } = options;
  const surroundings = bare ? {} : withoutInputs(process.env);
  const settings = {
    ...{ cwd, env: { ...surroundings, ...env }, nothrow: true, quiet: true, stdio: "pipe" as const },
    ...{ detached: true, store: { stdout: forget(), stderr: forget(), stdall: forget() } },
  };
  const running = $(input === undefined ? settings : { ...settings, input })`${program} ${[...args]}`;
  const release = endWithStep(running.pid);
  // A program that ends before it has read everything says why by itself.
  running.child?.stdin?.on("error", () => {});
  if (input === undefined) running.stdin.end();
  const printers = print ? [printer(), printer()] : [];
  const lines = onLine === undefined ? undefined : splitLines(onLine, /\n/gu);
  const kept: Buffer[] = [];
  let size = 0;
  let stderr = "";
  const hold = () => waitForReaders(running.child);
  running.stdout.on("data", (chunk: Buffer) => {
    if (print) {
      printers[0]?.write(chunk);
      return hold();
    }
    size += chunk.length;
    if (size <= MOST_KEPT) kept.push(chunk);
    else endGroup(running.pid, "SIGKILL");
  });
  running.stderr.on("data", (chunk: Buffer) => {
    printers[1]?.write(chunk);
    if (print) hold();
    lines?.write(chunk);
    stderr = `${stderr}${chunk}`.slice(-KEPT);
  });
  const { exitCode } = await running.finally(release);
  for (const part of [...printers, lines]) part?.end();
  if (size > MOST_KEPT) throw new Error(`${program} says more than ${MOST_KEPT} bytes, which is no answer to be read.`);
  return { exitCode: exitCode ?? 1, stdout: Buffer.concat(kept).toString("utf8"), stderr };
}

/** zx would keep all that is said, of which a program can say more than fits. */
function forget(): Buffer[] {
  return Object.assign([], { push: () => 0 });
}

/** Prints the lines of a chunk at once: a write for each would fill the memory where readers are slow. */
function printer(): LineSplitter {
  let printed = 0;
  let waiting: string[] = [];
  const { write, end } = splitLines((line) => {
    if (printed > MOST_PRINTED) return;
    printed += line.length + 1;
    waiting.push(printed > MOST_PRINTED ? "(It says more than is shown here.)" : line);
  }, /\r\n|\n|\r/gu);
  const print = (): void => {
    if (waiting.length > 0) printText(`${waiting.join("\n")}\n`);
    waiting = [];
  };
  return {
    write: (chunk) => {
      write(chunk);
      print();
    },
    end: () => {
      end();
      print();
    },
  };
}

/** The program waits while those who read this step's output have enough to read. */
function waitForReaders(child: ChildProcess | undefined): void {
  if (child === undefined || !process.stdout.writableNeedDrain || child.stdout?.isPaused() === true) return;
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream?.pause();
  const goOn = (): void => {
    for (const event of ["drain", "close", "error"]) process.stdout.off(event, goOn);
    for (const stream of streams) stream?.resume();
  };
  for (const event of ["drain", "close", "error"]) process.stdout.once(event, goOn);
}

/** Inputs hold secrets, which no other program needs to see. */
function withoutInputs(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("INPUT_")));
}
