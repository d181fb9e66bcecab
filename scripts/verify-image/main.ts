import * as core from "@actions/core";
import { readClock } from "../lib/clock.ts";
import { showText } from "../lib/escape.ts";
import { readRepositoryName } from "../lib/github-event.ts";
import { type HealthReport, type ImageHealth, problemsOf } from "../lib/health-report.ts";
import { writeOutputs } from "../lib/outputs.ts";
import { printText } from "../lib/print-text.ts";
import { openRegistry } from "../lib/registry.ts";
import { readRegistryCredentials } from "../lib/registry-credentials.ts";
import { maskSecret, runStep } from "../lib/run-step.ts";
import { writeSummary } from "../lib/summary.ts";
import { describeReport, summariseReport } from "./describe-report.ts";
import { listScanTargets } from "./list-scan-targets.ts";
import { readSettings } from "./read-settings.ts";
import { verifyRepository } from "./verify-repository.ts";
import { writeReport } from "./write-report.ts";

const pause = 5_000;
/** Jobs of a matrix: https://docs.github.com/en/actions/reference/limits */
const mostTargets = 256;

await runStep(async () => {
  const settings = readSettings(readRepositoryName());
  maskSecret(settings.token);
  const now = readClock();
  const credentials = readRegistryCredentials(process.env, settings.token);
  const onRetry = (sentence: string) => core.warning(showText(sentence));
  const images: ImageHealth[] = [];
  for (const image of settings.images) {
    const registry = openRegistry(image, { credentials, delay: pause, onRetry });
    images.push(await verifyRepository(registry, settings, now.getTime()));
  }
  const report: HealthReport = { format: "longshore-verify-1", checkedAt: now.toISOString(), run: pageOfRun(), images };
  const problems = problemsOf(report);
  const targets = listScanTargets(report);
  if (targets.length > mostTargets) {
    core.warning(
      `${targets.length} platforms are published, and a matrix takes ${mostTargets}: name the \`tags\` that matter most.`,
    );
  }
  printText(describeReport(report));
  writeSummary(summariseReport(report));
  writeOutputs({
    healthy: String(problems.length === 0),
    problems: String(problems.length),
    checked: String(images.reduce((sum, { tags }) => sum + tags.length, 0)),
    targets: JSON.stringify(targets.slice(0, mostTargets)),
    report: writeReport(settings.reportFolder, report),
  });
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length === 1 ? "" : ` and ${problems.length - 1} more, see the summary`;
  const sentence = `${first.where}: ${first.detail.replace(/\.$/u, "")}${more}.`;
  if (settings.failOnProblems) core.setFailed(showText(sentence));
  else core.warning(showText(sentence));
});

function pageOfRun(): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = process.env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : "";
}
