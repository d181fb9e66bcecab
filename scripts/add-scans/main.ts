import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import * as core from "@actions/core";
import { readReport, type ScanReport } from "@longshore/guard";
import { InputError } from "@longshore/language";
import { type HealthReport, problemsOf, readHealthReport, uncheckedOf } from "../lib/scans/health-report.ts";
import { listFiles } from "../lib/scans/list-files.ts";
import { readInputFile } from "../lib/scans/scan-files.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { describeScans, summariseScans } from "./describe-scans.ts";
import { judgeImages } from "./judge-images.ts";
import { readRequest } from "./read-request.ts";

await runStep(async () => {
  const request = readRequest();
  const looked = readHealthReport(request.report);
  const warnings = [...request.warnings];
  const reports = readReports(request.reports, (sentence) => warnings.push(sentence));
  const { scans, notes } = judgeImages(looked, reports, request);
  warnings.push(...notes);
  const report: HealthReport = { ...looked, scans };
  writeFileSync(request.report, `${JSON.stringify(report, undefined, 1)}\n`);
  const [problems, unchecked] = [problemsOf(report).length, uncheckedOf(report).length];
  printText(describeScans(scans));
  for (const sentence of warnings) core.warning(showText(sentence));
  writeSummary(summariseScans(scans, warnings));
  writeOutputs({
    healthy: String(problems + unchecked === 0),
    problems: String(problems),
    "not-checked": String(unchecked),
  });
  const own = { ...report, images: [] };
  const [first, ...more] = [...problemsOf(own), ...uncheckedOf(own)];
  if (first === undefined) return;
  const sentence = `${first.where}: ${first.detail}${more.length === 0 ? "" : ` There are ${more.length} more, see the summary.`}`;
  if (request.failOnProblems) core.setFailed(showText(sentence));
  else core.warning(showText(sentence));
});

/** A file that is no report is told and left out: the platform it should be about counts as not scanned. */
function readReports(patterns: readonly string[], tell: (sentence: string) => void): readonly ScanReport[] {
  return listFiles(patterns).flatMap((path) => {
    try {
      return [readReport(readInputFile("reports", path), basename(path))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      tell(error.message);
      return [];
    }
  });
}
