import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as core from "@actions/core";
import type { Trust } from "@longshore/publishing";
import { readRepositoryName } from "../lib/github/event.ts";
import { readRegistryCredentials } from "../lib/registry/credentials.ts";
import { openRegistry } from "../lib/registry/registry.ts";
import { type HealthReport, type ImageHealth, problemsOf, uncheckedOf } from "../lib/scans/health-report.ts";
import { readClock } from "../lib/step/clock.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { createPatience } from "./check-trust.ts";
import { describeReport, summariseReport } from "./describe-report.ts";
import { listScanTargets } from "./list-scan-targets.ts";
import { readSettings, type SignatureCheck } from "./read-settings.ts";
import { verifyRepository } from "./verify-repository.ts";
import { writeReport } from "./write-report.ts";

/** Jobs of a matrix: https://docs.github.com/en/actions/reference/limits */
const mostTargets = 256;
/** Of one reason each; the rest stand in the summary. */
const mostWarnings = 10;

await runStep(async () => {
  const settings = readSettings(readRepositoryName());
  maskSecret(settings.token);
  const now = readClock();
  const credentials = readRegistryCredentials(process.env, settings.token);
  const onRetry = (sentence: string) => core.warning(showText(sentence));
  const { attempts, retryDelay: delay } = settings;
  const patience = createPatience(attempts, delay, onRetry);
  const images = await withTrust(settings.signature, async (trust) => {
    const found: ImageHealth[] = [];
    for (const image of settings.images) {
      const registry = openRegistry(image, { credentials, attempts, delay, onRetry });
      found.push(await verifyRepository(registry, { ...settings, trust }, now.getTime(), patience));
    }
    return found;
  });
  const report: HealthReport = { format: "longshore-verify-1", checkedAt: now.toISOString(), run: pageOfRun(), images };
  const [problems, unchecked] = [problemsOf(report), uncheckedOf(report)];
  const targets = listScanTargets(report);
  if (targets.length > mostTargets) {
    core.warning(
      `${targets.length} platforms are published, and a matrix takes ${mostTargets}: name the \`tags\` that matter most.`,
    );
  }
  printText(describeReport(report));
  writeSummary(summariseReport(report));
  writeOutputs({
    healthy: String(problems.length + unchecked.length === 0),
    problems: String(problems.length),
    "not-checked": String(unchecked.length),
    checked: String(images.reduce((sum, { tags }) => sum + tags.length, 0)),
    targets: JSON.stringify(targets.slice(0, mostTargets)),
    report: writeReport(settings.reportFolder, report),
  });
  const reasons = [...new Map(unchecked.map((one) => [one.detail, `${one.where}: ${one.detail}`])).values()];
  for (const reason of reasons.slice(0, mostWarnings)) core.warning(showText(reason));
  const all = [...problems, ...unchecked];
  const [first] = all;
  if (first === undefined) return;
  const more = all.length === 1 ? "" : ` and ${all.length - 1} more, see the summary`;
  const sentence = `${first.where}: ${first.detail.replace(/\.$/u, "")}${more}.`;
  if (settings.failOnProblems) core.setFailed(showText(sentence));
  else core.warning(showText(sentence));
});

/** A public key lies in a file while cosign reads it. */
async function withTrust<T>(
  check: SignatureCheck | undefined,
  verify: (trust: Trust | undefined) => Promise<T>,
): Promise<T> {
  if (check?.mode !== "key") return verify(check?.trust);
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "longshore-key-"));
  try {
    const publicKey = join(folder, "cosign.pub");
    writeFileSync(publicKey, check.key);
    return await verify({ kind: "key", publicKey, transparencyLog: check.transparencyLog });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pageOfRun(): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = process.env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : "";
}
