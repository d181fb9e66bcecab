import { basename, dirname } from "node:path";
import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { showText } from "./escape.ts";
import { outliveReaders } from "./outlive-readers.ts";
import { printText } from "./print-text.ts";

/**
 * Runs a step: the one place where its errors are caught. Any error becomes one `::error::` line and exit code 1.
 * Bad input is told in its own sentence; of anything else the chain of causes is printed too, folded.
 * `--help` prints the step's contract instead, or what `help` prints.
 */
export async function runStep(main: () => Promise<void>, help?: (step: string) => Promise<void>): Promise<void> {
  outliveReaders();
  try {
    if (process.argv.includes("--help")) {
      const print = help ?? (await import("./print-help.ts")).printHelp;
      return await print(stepName());
    }
    await main();
  } catch (error) {
    reportFailure(error);
  }
}

/** The step's folder: of `scripts/dist/<step>.js`, and of `scripts/<step>/main.ts` when run from source. */
function stepName(): string {
  const path = process.argv[1] ?? "";
  return path.endsWith(".ts") ? basename(dirname(path)) : basename(path, ".js");
}

function reportFailure(error: unknown): void {
  if (!(error instanceof InputError) && error instanceof Error) {
    core.startGroup("Details of the failure");
    for (const link of causeChain(error)) printText(link.stack ?? `${link.name}: ${link.message}`);
    core.endGroup();
  }
  const message = error instanceof Error ? error.message : String(error);
  core.setFailed(showText(message || "The step failed without saying why."));
}

function causeChain(error: Error): readonly Error[] {
  const chain: Error[] = [];
  for (
    let link: unknown = error;
    link instanceof Error && chain.length < 8 && !chain.includes(link);
    link = link.cause
  ) {
    chain.push(link);
  }
  return chain;
}

/** Asks the runner to mask a value in the log. As a plain process there is nobody to mask, and printing it would tell it. */
export function maskSecret(value: string): void {
  if (value.trim() !== "" && process.env.GITHUB_ACTIONS === "true") core.setSecret(value);
}
