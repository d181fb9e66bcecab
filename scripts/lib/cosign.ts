import { classifyPushError } from "@longshore/publishing";
import type { Environment } from "./inputs.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

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

/** cosign ends with `Error: …`, and says it again; what its services said may stand in the lines after it. */
export function readCosignError({ stderr }: Pick<ProgramRun, "stderr">): CosignError {
  const lines = stderr.trim().split("\n");
  const from = lines.findLastIndex((line) => line.startsWith("Error: "));
  const [said = "", ...more] = lines.slice(from < 0 ? -1 : from);
  const { message, transient } = classifyPushError(`error: ${said.replace(/^Error: /, "")}`);
  return new CosignError(message, {
    transient: transient || passing.some((words) => words.test([said, ...more].join("\n"))),
    lagging: /no signatures found|MANIFEST_UNKNOWN|manifest unknown|: 404 Not Found/i.test(said),
  });
}

/** How the services of Sigstore say, through their clients, that it may pass. */
const passing: readonly RegExp[] = [
  /\]\[(?:408|429|5\d\d)\]/, // Rekor: `[POST /api/v1/log/entries][502] …`
  /\breturned (?:408|429|5\d\d)\b/, // Fulcio and timestamp authorities: `Fulcio returned 503: …`
  /resource temporarily unavailable/, // two processes open cosign's store of trusted keys at once
];
