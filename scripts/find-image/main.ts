import * as core from "@actions/core";
import { connectGitHub } from "../lib/github/api.ts";
import { readRepositoryName } from "../lib/github/event.ts";
import { readRegistryCredentials } from "../lib/registry/credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { realTiming } from "../lib/step/timing.ts";
import { listOutputs, summariseFound } from "./describe-result.ts";
import { findTarget } from "./find-target.ts";
import { readRequest } from "./read-request.ts";
import { waitForImage } from "./wait-for-image.ts";

await runStep(async () => {
  const request = readRequest(readRepositoryName());
  maskSecret(request.token);
  const warn = (sentence: string) => core.warning(showText(sentence));
  const gitHub = connectGitHub({ token: request.token, url: request.apiUrl, onRetry: warn });
  const target = await findTarget(request, gitHub);
  const registry = openRegistry(request.image, {
    credentials: readRegistryCredentials(process.env, request.token),
    attempts: 1, // the wait is the retry
  });
  const found = await waitForImage(request, target, { registry, timing: realTiming, print: printText });
  printText(`The ${target.what} is ${found.reference} (${found.source}; ${found.platforms.join(", ")}).`);
  writeOutputs(listOutputs(found));
  writeSummary(summariseFound(found));
});
