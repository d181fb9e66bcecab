import { type ProgramOptions, type ProgramRun, runProgram } from "./run-program.ts";

/** Runs `docker` with these arguments, each quoted by zx. A failure is an exit code, not an error; 127 where there is no docker. */
export function docker(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramRun> {
  return runProgram("docker", args, options);
}
