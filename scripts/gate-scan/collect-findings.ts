import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  assignReports,
  type Finding,
  type IgnoreList,
  parseIgnoreList,
  readReport,
  type ScanReport,
} from "@longshore/guard";
import { parsePlatform } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import { quoteValue } from "../lib/escape.ts";
import type { GateTarget } from "./parse-targets.ts";
import type { GateRequest } from "./read-request.ts";

export interface Collected {
  readonly findings: readonly Finding[];
  /** Undefined where there is nothing to compare with. */
  readonly baseline: readonly Finding[] | undefined;
  readonly ignoreList: IgnoreList;
  /** Sentences for the reader. */
  readonly notes: readonly string[];
}

/** Reads every file that the decision needs. Throws InputError. */
export function collectFindings({ reports, baseline, targets, scanners, ignoreFile }: GateRequest): Collected {
  const read = listFiles(reports).map((path) => readReport(readText(path, "report"), basename(path)));
  const missing = reports.filter(
    (path) => listFiles([path]).length === 0 && (read.length === 0 || !/[*?[{]/u.test(path)),
  );
  if (missing.length > 0) throw new InputError(`Input \`reports\` matches no file: ${missing.join(", ")}.`);
  const before = listFiles(baseline).map((path) => readReport(readText(path, "baseline"), basename(path)));
  return {
    findings: assignReports(read, targets, targets === undefined ? [] : scanners, placing),
    baseline: before.length === 0 ? undefined : assignReports(before, baselineOf(targets), [], placing),
    ignoreList:
      ignoreFile === "" ? { entries: [], malformed: [] } : parseIgnoreList(readText(ignoreFile, "ignore-file")),
    notes: endsOfLife(read),
  };
}

const placing = {
  source: "source",
  normalise: (platform: string): string | undefined => {
    try {
      return parsePlatform(platform);
    } catch {
      return undefined;
    }
  },
};

function baselineOf(targets: readonly GateTarget[] | undefined): readonly GateTarget[] | undefined {
  return targets?.flatMap(({ platform, baseline }) => (baseline === undefined ? [] : [{ platform, digest: baseline }]));
}

/** Files of these paths and globs, each once, in a fixed order. */
function listFiles(patterns: readonly string[]): readonly string[] {
  return [...new Set(patterns.flatMap((pattern) => (existsSync(pattern) ? [pattern] : globSync(pattern))))].sort();
}

function readText(path: string, input: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which cannot be read: check the path.`, {
      cause,
    });
  }
}

function endsOfLife(reports: readonly ScanReport[]): readonly string[] {
  const systems = new Set(reports.flatMap(({ endOfLife }) => (endOfLife === undefined ? [] : [endOfLife])));
  return [...systems].map(
    (system) =>
      `${system} gets no security updates any more: what is found in it is not all there is. Move to a newer base image.`,
  );
}
