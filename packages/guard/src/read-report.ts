import { InputError, isRecord } from "@longshore/language";
import type { ScanReport } from "./finding.ts";
import { isGrypeReport, readGrypeReport } from "./grype-report.ts";
import { isTrivyReport, readTrivyReport } from "./trivy-report.ts";

/** A JSON report of Trivy or Grype. Throws InputError on anything else: what cannot be read is never a clean report. */
export function readReport(text: string, name: string): ScanReport {
  const report = parseJson(text, name);
  if (isRecord(report)) {
    if (isTrivyReport(report)) return readTrivyReport(report, name);
    if (isGrypeReport(report)) return readGrypeReport(report, name);
  }
  throw new InputError(
    `Report ${name} is neither Trivy's nor Grype's JSON: scan with \`--format json\` or \`-o json\`.`,
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Report ${name} is not JSON${text.trim() === "" ? " but empty" : ""}: scan again.`, { cause });
  }
}
