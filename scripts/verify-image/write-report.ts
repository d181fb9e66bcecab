import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import type { HealthReport } from "../lib/scans/health-report.ts";
import { quoteValue } from "../lib/step/escape.ts";

/** Writes `verify-report.json` and gives its path. Throws InputError where the folder cannot be written. */
export function writeReport(folder: string, report: HealthReport): string {
  const path = join(folder, "verify-report.json");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(report, undefined, 1)}\n`);
    return path;
  } catch (cause) {
    throw new InputError(`Input \`report-folder\` is ${quoteValue(folder, 300)}, where no file can be written.`, {
      cause,
    });
  }
}
