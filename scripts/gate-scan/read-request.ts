import type { GateRules, Scanner } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { readGateInputs } from "../lib/scans/gate-inputs.ts";
import { readClock } from "../lib/step/clock.ts";
import { readBoolean, readLines, readText } from "../lib/step/inputs.ts";
import { type GateTarget, parseTargets } from "./parse-targets.ts";

/** The step's inputs, read once. */
export interface GateRequest {
  /** Paths or globs; at least one. */
  readonly reports: readonly string[];
  readonly baseline: readonly string[];
  /** Undefined where none were given: then reports say themselves what they are of. */
  readonly targets: readonly GateTarget[] | undefined;
  readonly scanners: readonly Scanner[];
  readonly image: string;
  readonly rules: Omit<GateRules, "ignore">;
  readonly ignoreFile: string;
  readonly resultFile: string;
  readonly notes: readonly string[];
}

/** Events whose image is nobody's yet: there a gate can still keep a vulnerability out. */
const blockingEvents = ["pull_request", "pull_request_target", "merge_group"];

/** Throws InputError. */
export function readRequest(): GateRequest {
  const reports = readLines("reports");
  if (reports.length === 0)
    throw new InputError("Input `reports` is missing: give the path of one JSON report at least.");
  const targets = readText("targets");
  const { scanners, mode, severities, endOfLife, unrecognised } = readGateInputs();
  return {
    reports,
    baseline: readLines("baseline"),
    targets: targets === "" ? undefined : parseTargets(targets),
    scanners,
    image: readText("image"),
    rules: {
      mode: mode === "auto" ? modeOfEvent() : mode,
      ...{ severities, endOfLife, unrecognised },
      ignoreUnfixed: readBoolean("ignore-unfixed", false),
      newOnly: readBoolean("new-only", false),
      today: readClock().toISOString().slice(0, 10),
    },
    ignoreFile: readText("ignore-file"),
    resultFile: readText("result-file"),
    notes: readLines("notes"),
  };
}

function modeOfEvent(): GateRules["mode"] {
  return blockingEvents.includes(process.env.GITHUB_EVENT_NAME ?? "") ? "block" : "report";
}
