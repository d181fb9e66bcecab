import { existsSync, readFileSync } from "node:fs";
import { printText } from "./print-text.ts";

/** Prints what a step takes and gives: its `action.yml`, which lies beside the bundles, down to `runs:`. */
export async function printHelp(step: string): Promise<void> {
  const contract = new URL(`../${step}/action.yml`, import.meta.url);
  const text = existsSync(contract) ? readFileSync(contract, "utf8").split(/^runs:/mu)[0] : undefined;
  printText(
    `node scripts/dist/${step}.js: inputs are read from INPUT_<NAME>, outputs are written to the file GITHUB_OUTPUT.`,
  );
  printText(text ?? `There is no contract of a step called ${step}.`);
}
