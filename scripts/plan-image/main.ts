import * as core from "@actions/core";
import { type ImagePlan, planImage } from "@longshore/tagging";
import { readClock } from "../lib/clock.ts";
import { showText } from "../lib/escape.ts";
import { connectGitHub } from "../lib/github-api.ts";
import { readEventContext } from "../lib/github-event.ts";
import { writeOutputs } from "../lib/outputs.ts";
import { printText } from "../lib/print-text.ts";
import { maskSecret, runStep } from "../lib/run-step.ts";
import { writeSummary } from "../lib/summary.ts";
import { collectFacts } from "./collect-facts.ts";
import { describePlan, summarisePlan } from "./describe-plan.ts";
import { listOutputs } from "./list-outputs.ts";
import { readRequest } from "./read-request.ts";

await runStep(async () => {
  const event = readEventContext();
  const request = readRequest(event.repository);
  maskSecret(request.token);
  const now = readClock();
  const gitHub = connectGitHub({
    token: request.token,
    url: request.apiUrl,
    onRetry: (sentence) => core.warning(sentence),
  });
  const { facts, versions, commitDate } = await collectFacts(event, request, gitHub, core.warning);
  tellPlan(planImage(facts, { ...request.options, versions, commitDate, now }));
});

function tellPlan(plan: ImagePlan): void {
  if (plan.kind === "none") core.notice(showText(`No image: ${plan.reason}`));
  else printText(describePlan(plan));
  writeOutputs(listOutputs(plan));
  writeSummary(summarisePlan(plan));
}
