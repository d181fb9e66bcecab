import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { explainHiddenOutput, findHiddenOutput } from "@longshore/publishing";

/** Input → what of it the runner masks. */
export type MaskedInputs = Readonly<Record<string, readonly string[]>>;

/**
 * Writes a step's outputs to the file GITHUB_OUTPUT. Without one nothing is written: the old way, commands on stdout,
 * would put untrusted text where commands are read. Throws InputError where GitHub would drop one of them.
 * @param masked the secrets among the step's inputs
 */
export function writeOutputs(outputs: Readonly<Record<string, string>>, masked: MaskedInputs = {}): void {
  refuseHiddenOutputs(outputs, masked);
  if (!process.env.GITHUB_OUTPUT) return;
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

/** Throws InputError where GitHub would drop one of these outputs: at its start a step knows what its outputs are like. */
export function refuseHiddenOutputs(outputs: Readonly<Record<string, string>>, masked: MaskedInputs): void {
  const hidden = findHiddenOutput(outputs, masked);
  if (hidden !== undefined) throw new InputError(explainHiddenOutput(hidden));
}
