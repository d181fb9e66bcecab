import * as core from "@actions/core";
import { showText } from "../lib/step/escape.ts";
import { readRequired } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { readRunAttempt } from "../lib/step/run-attempt.ts";
import { runStep } from "../lib/step/run-step.ts";
import { pickNewest } from "./pick-newest.ts";

await runStep(async () => {
  const { picked, left } = pickNewest(readRequired("path"), readRunAttempt());
  for (const name of picked) printText(`Took ${name}.`);
  for (const name of left)
    core.warning(showText(`The artifact ${name} is of no attempt that this run has had: it is not taken.`));
  writeOutputs({ artifacts: picked.join("\n") });
});
