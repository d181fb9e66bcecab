import { type GateRules, parseSeverities, type Scanner } from "@longshore/guard";
import { InputError } from "@longshore/tagging";
import { readClock } from "../lib/clock.ts";
import { readBoolean, readLines, readRequired, readText } from "../lib/inputs.ts";
import { readIgnoreFile } from "../lib/scan-files.ts";
import { readScanners } from "../lib/scan-inputs.ts";

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
  const { entries, malformed } = readIgnoreFile(readText("ignore-file"));
  return {
    report: readRequired("report"),
    reports,
    scanners: readScanners(),
    rules: {
      ...{ mode: "block", newOnly: false, ignore: entries, today: readClock().toISOString().slice(0, 10) },
      severities: parseSeverities(readText("severities", "CRITICAL,HIGH")),
      ignoreUnfixed: readBoolean("ignore-unfixed", false),
    },
    warnings: malformed,
    failOnProblems: readBoolean("fail-on-problems", true),
  };
}
