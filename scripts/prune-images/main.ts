import * as core from "@actions/core";
import { readClock } from "../lib/step/clock.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { parseFlags, printFlagHelp } from "../lib/step/terminal-flags.ts";
import { realTiming } from "../lib/step/timing.ts";
import { describeResult, summariseResult } from "./describe-result.ts";
import { listOutputs } from "./list-outputs.ts";
import { prune } from "./prune.ts";
import type { PruneResult } from "./prune-result.ts";
import { readSettings } from "./prune-settings.ts";
import { saveMemory } from "./save-memory.ts";
import { stopOnSignals } from "./stop-on-signals.ts";
import { writeReport } from "./write-report.ts";

await runStep(async () => {
  saveMemory();
  const env = parseFlags("prune-images", process.argv.slice(2), process.env);
  const settings = readSettings(env);
  maskSecret(settings.token);
  const fixed = env.SOURCE_DATE_EPOCH ? readClock(env).getTime() : undefined;
  const result = await prune(
    { ...settings, plannedAt: fixed },
    {
      timing: realTiming,
      print: printText,
      warn: (sentence) => core.warning(showText(sentence)),
      stopRequested: stopOnSignals(),
      onPlan: (interim) => writeReport(settings.reportFolder, interim),
    },
  );
  const report = writeReport(settings.reportFolder, result);
  printText(describeResult(result));
  printText(`Report: ${report}`);
  writeOutputs(listOutputs(result, report));
  writeSummary(summariseResult(result));
  tellTroubles(result);
}, printFlagHelp);

/** Warnings, then the error that ends the step, where there is one. */
function tellTroubles({ packages }: PruneResult): void {
  const failures: unknown[] = [];
  for (const { image, warnings, planned, ending } of packages) {
    for (const warning of warnings.slice(0, 10)) core.warning(showText(`${image}: ${warning}`));
    if (warnings.length > 10)
      core.warning(showText(`${image}: ${warnings.length - 10} more warnings are in the report.`));
    const refused = planned.filter(({ outcome }) => outcome === "refused" || outcome === "failed");
    for (const { version, detail } of refused.slice(0, 10)) {
      core.warning(
        showText(`${image}: version ${version.id} (${version.tags.join(", ") || version.digest}) stays: ${detail}.`),
      );
    }
    if (ending.kind === "stopped") {
      const left = planned.filter(({ outcome }) => outcome === "left").length;
      core.warning(showText(`${image}: stopped, since ${ending.reason}. ${left} versions are left for the next run.`));
    }
    if (ending.kind === "failed") failures.push(ending.error);
  }
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const messages = failures.map((error) => (error instanceof Error ? error.message : String(error)));
  throw new Error(messages.join(" "), { cause: first });
}
