import * as core from "@actions/core";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { parseFlags, printFlagHelp } from "../lib/step/terminal-flags.ts";
import { realTiming } from "../lib/step/timing.ts";
import { listOutputs, summariseRestoration } from "./describe-restoration.ts";
import { restore } from "./restore.ts";
import { readSettings } from "./restore-settings.ts";

await runStep(async () => {
  const settings = readSettings(parseFlags("restore-images", process.argv.slice(2), process.env));
  maskSecret(settings.token);
  maskSecret(settings.runToken);
  const warn = (sentence: string) => core.warning(showText(sentence));
  const results = await restore(settings, { timing: realTiming, print: printText, warn });
  const outputs = listOutputs(results);
  writeOutputs(outputs);
  writeSummary(summariseRestoration(results, settings.dryRun));
  printText(
    `${settings.dryRun ? outputs.planned : outputs.restored} versions ${settings.dryRun ? "would be" : "are"} back.`,
  );
  for (const { image, missingTags } of results) {
    for (const tag of missingTags)
      warn(`${image}: the tag ${tag} is held by another version, or GitHub did not put it back.`);
  }
  const failures = results.flatMap(({ image, failed }) => failed.map((each) => ({ image, ...each })));
  for (const { image, name, reason } of failures.slice(0, 10)) warn(`${image}: ${name} does not come back: ${reason}.`);
  if (failures.length > 0)
    throw new Error(`${failures.length} versions could not be restored: see the warnings and the summary.`);
}, printFlagHelp);
