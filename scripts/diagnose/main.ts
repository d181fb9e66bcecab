import * as core from "@actions/core";
import { readRegistryCredentials } from "../lib/registry/credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { parseFlags, printFlagHelp } from "../lib/step/terminal-flags.ts";
import { connectAsk } from "./ask-github.ts";
import { checkCache } from "./check-cache.ts";
import { checkDocker } from "./check-docker.ts";
import { checkHits } from "./check-hits.ts";
import { checkPackage } from "./check-package.ts";
import { checkRegistry } from "./check-registry.ts";
import { checkRunner } from "./check-runner.ts";
import { checkToken } from "./check-token.ts";
import { describeFindings, summariseFindings } from "./describe-findings.ts";
import type { Finding } from "./finding.ts";
import { readRequest } from "./read-request.ts";

await runStep(async () => {
  const env = parseFlags("diagnose", process.argv.slice(2), process.env);
  const request = readRequest(env);
  maskSecret(request.token);
  const ask = connectAsk(request.apiUrl, request.token);
  const registry = openRegistry(request.image, {
    credentials: readRegistryCredentials(process.env, request.token),
    attempts: 2,
    delay: 1000,
  });
  const groups = await Promise.all([
    checkToken(request, ask),
    checkRegistry(request, registry),
    checkPackage(request, ask),
    checkCache(request, ask),
    checkHits(request, ask),
    checkRunner(env),
    checkDocker(),
  ]);
  const findings = groups.flat();
  printText(request.json ? JSON.stringify(findings, undefined, 1) : describeFindings(findings));
  writeSummary(summariseFindings(findings));
  const failed = findings.filter(({ status }) => status === "fail");
  writeOutputs({
    findings: JSON.stringify(findings),
    warnings: count(findings, "warn"),
    failures: String(failed.length),
  });
  if (!request.failOnProblems || failed.length === 0) return;
  // On a terminal all is told above, and the exit code is for a program. A job shows its errors on the page of its run.
  if (process.env.GITHUB_ACTIONS !== "true") process.exitCode = 1;
  else core.setFailed(showText(failed.map(({ detail, fix }) => `${detail} ${fix}`).join(" ")));
}, printFlagHelp);

function count(findings: readonly Finding[], status: Finding["status"]): string {
  return String(findings.filter((finding) => finding.status === status).length);
}
