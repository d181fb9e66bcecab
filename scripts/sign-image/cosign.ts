import { classifyPushError, finalCosignError, isPassing } from "@longshore/publishing";
import { type ProgramRun, runProgram } from "../lib/programs/run-program.ts";
import type { Environment } from "../lib/step/inputs.ts";

/** cosign's own sentence, and what may be done about it. */
export class CosignError extends Error {
  /** Whether the same command may well succeed a little later. */
  readonly transient: boolean;
  /** Whether something that was written just now is not seen yet, as far as cosign can tell. */
  readonly lagging: boolean;

  constructor(message: string, about: { readonly transient: boolean; readonly lagging: boolean }) {
    super(message);
    this.transient = about.transient;
    this.lagging = about.lagging;
  }
}

/** Runs `cosign` and gives its standard output. Throws CosignError with its last words. */
export async function cosign(
  args: readonly string[],
  options: { readonly env?: Environment; readonly cwd?: string } = {},
): Promise<string> {
  const run = await runProgram("cosign", args, options);
  if (run.exitCode === 0) return run.stdout;
  if (run.exitCode === 127) {
    throw new CosignError(
      "cosign is not on the PATH: install it before this step, as sigstore/cosign-installer does.",
      {
        transient: false,
        lagging: false,
      },
    );
  }
  throw readCosignError(run);
}

/** What may be done about the words that cosign has ended with. */
export function readCosignError({ stderr }: Pick<ProgramRun, "stderr">): CosignError {
  const error = finalCosignError(stderr);
  const [said = ""] = error.split("\n");
  const { message, transient } = classifyPushError(`error: ${said}`);
  return new CosignError(message, {
    transient: transient || isPassing(error),
    lagging: /no signatures found|MANIFEST_UNKNOWN|manifest unknown|: 404 Not Found/i.test(said),
  });
}
