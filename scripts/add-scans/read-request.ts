import type { GateRules, Scanner } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { readGateInputs } from "../lib/scans/gate-inputs.ts";
import { readIgnoreFile } from "../lib/scans/scan-files.ts";
import { readClock } from "../lib/step/clock.ts";
import { readBoolean, readLines, readRequired, readText } from "../lib/step/inputs.ts";

/** The step's inputs, read once. */
export interface AddRequest {
  /** Path. */
  readonly report: string;
  /** Paths or globs; at least one. */
  readonly reports: readonly string[];
  readonly scanners: readonly Scanner[];
  readonly rules: GateRules;
  /** About lines of the ignore list that are not in order. */
  readonly warnings: readonly string[];
  readonly failOnProblems: boolean;
}

/** Throws InputError. */
export function readRequest(): AddRequest {
  const reports = readLines("reports");
  if (reports.length === 0) {
    throw new InputError("Input `reports` is missing: give the path or glob of the scanners' JSON reports.");
  }
  const { scanners, severities, endOfLife, unrecognised } = readGateInputs();
  const { entries, malformed } = readIgnoreFile(readText("ignore-file"));
  return {
    report: readRequired("report"),
    reports,
    scanners,
    rules: {
      ...{ mode: "block", newOnly: false, ignore: entries, today: readClock().toISOString().slice(0, 10) },
      ...{ severities, endOfLife, unrecognised },
      ignoreUnfixed: readBoolean("ignore-unfixed", false),
    },
    warnings: malformed,
    failOnProblems: readBoolean("fail-on-problems", true),
  };
}
