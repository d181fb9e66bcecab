import { basename } from "node:path";
import {
  assignReports,
  describeUndecided,
  type Finding,
  findConcerns,
  findingsOf,
  type GateConcern,
  type IgnoreList,
  placeReports,
  readReport,
} from "@longshore/guard";
import { InputError } from "@longshore/language";
import { listFiles } from "../lib/scans/list-files.ts";
import { placing, readIgnoreFile, readInputFile } from "../lib/scans/scan-files.ts";
import type { GateTarget } from "./parse-targets.ts";
import type { GateRequest } from "./read-request.ts";

export interface Collected {
  readonly findings: readonly Finding[];
  readonly concerns: readonly GateConcern[];
  /** Undefined where there is nothing to compare with. */
  readonly baseline: readonly Finding[] | undefined;
  readonly ignoreList: IgnoreList;
  /** Sentences for the reader. */
  readonly notes: readonly string[];
}

/** Reads every file that the decision needs. Throws InputError. */
export function collectFindings({ reports, baseline, targets, scanners, ignoreFile }: GateRequest): Collected {
  const read = listFiles(reports).map((path) => readReport(readInputFile("reports", path), basename(path)));
  const missing = reports.filter(
    (path) => listFiles([path]).length === 0 && (read.length === 0 || !/[*?[{]/u.test(path)),
  );
  if (missing.length > 0) throw new InputError(`Input \`reports\` matches no file: ${missing.join(", ")}.`);
  const before = listFiles(baseline).map((path) => readReport(readInputFile("baseline", path), basename(path)));
  const placed = placeReports(read, targets, targets === undefined ? [] : scanners, placing);
  return {
    findings: findingsOf(placed),
    concerns: findConcerns(placed),
    baseline: before.length === 0 ? undefined : assignReports(before, baselineOf(targets), [], placing),
    ignoreList: readIgnoreFile(ignoreFile),
    notes: describeUndecided(read),
  };
}

function baselineOf(targets: readonly GateTarget[] | undefined): readonly GateTarget[] | undefined {
  return targets?.flatMap(({ platform, baseline }) => (baseline === undefined ? [] : [{ platform, digest: baseline }]));
}
