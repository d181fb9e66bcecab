import * as core from "@actions/core";
import { type ImagePlan, looksLikeVersion, planImage } from "@longshore/tagging";
import { connectGitHub } from "../lib/github/api.ts";
import { readEventContext } from "../lib/github/event.ts";
import { readClock } from "../lib/step/clock.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
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
  const plan = planImage(facts, { ...request.options, versions, commitDate, now });
  tellPlan(plan);
  if (request.options.push === "always" && plan.delivery === "artifact") core.warning(showText(plan.reason));
  if (facts.kind === "tag" && looksLikeVersion(facts.gitTag)) {
    core.warning(showText(tellNoVersion(facts.gitTag, plan.primaryTag, facts.component)));
  }
});

function tellNoVersion(gitTag: string, name: string, component: string): string {
  const advice = component === "" ? "v1.2.3, or give the input `component` if it is one's" : `${component}/v1.2.3`;
  return `Git tag ${gitTag} is no semantic version, so its image is called ${name} and no \`1.2\`, \`1\` or \`latest\` moves: tag releases as ${advice}.`;
}

function tellPlan(plan: ImagePlan): void {
  if (plan.kind === "none") core.notice(showText(`No image: ${plan.reason}`));
  else printText(describePlan(plan));
  writeOutputs(listOutputs(plan));
  writeSummary(summarisePlan(plan));
}
