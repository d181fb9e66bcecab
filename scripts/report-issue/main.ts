import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { createGitHubClient } from "../lib/github/client.ts";
import { readApiUrl, readRepositoryInput } from "../lib/github/event.ts";
import { readHealthReport, uncheckedOf } from "../lib/scans/health-report.ts";
import { quoteValue, showText } from "../lib/step/escape.ts";
import { readRequired, readText } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { connectIssues } from "./issues-api.ts";
import { reportIssue } from "./report-issue.ts";

await runStep(async () => {
  const report = readHealthReport(readRequired("report"));
  const token = readText("token");
  maskSecret(token);
  const repository = readRepositoryInput();
  const name = readText("name", "images");
  if (!/^[a-z0-9][a-z0-9-]{0,49}$/u.test(name)) {
    throw new InputError(`Input \`name\` is ${quoteValue(name)}: use lower-case letters, digits and dashes.`);
  }
  const label = readText("label", "image-health");
  if (!/^[^,]{1,50}$/u.test(label)) {
    throw new InputError(
      `Input \`label\` is ${quoteValue(label)}: give one label of at most 50 characters, without a comma.`,
    );
  }
  const url = readApiUrl();
  const client = createGitHubClient({ token, url, onRetry: (sentence) => core.warning(showText(sentence)) });
  const about = {
    name,
    title: readText("title", "Published images need attention"),
    label,
  };
  const { outcome, issue } = await reportIssue(report, about, connectIssues(client, repository, url));
  const link = issue?.url ?? "";
  printText(
    issue === undefined
      ? uncheckedOf(report).length > 0
        ? "Not everything could be checked and no problem was found: no issue is opened, and none is closed."
        : "All is well, and there is no issue to close."
      : `Issue ${issue.number} is ${outcome}: ${link}`,
  );
  writeOutputs({ outcome, issue: issue === undefined ? "" : String(issue.number), url: link });
});
