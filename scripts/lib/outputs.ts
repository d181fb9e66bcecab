import * as core from "@actions/core";

/**
 * Writes a step's outputs to the file GITHUB_OUTPUT. Without one nothing is written: the old way, commands on stdout,
 * would put untrusted text where commands are read.
 */
export function writeOutputs(outputs: Readonly<Record<string, string>>, env = process.env): void {
  if (!env.GITHUB_OUTPUT) return;
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}
