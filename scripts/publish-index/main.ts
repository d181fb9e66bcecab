import * as core from "@actions/core";
import { hasFailed } from "../lib/registry/tags/tag-outcome.ts";
import { tellHeldTags, tellLeftTags } from "../lib/registry/tags/tell-left-tags.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { describeResult, summariseResult } from "./describe-result.ts";
import { keepArchives } from "./keep-archives.ts";
import { listOutputs } from "./list-outputs.ts";
import { publishImage } from "./publish-image.ts";
import type { PublishResult } from "./publish-result.ts";
import { type PublishRequest, readRequest } from "./read-request.ts";

await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const { plan, results } = request;
  if (plan.delivery === "none") {
    core.notice(showText(`Nothing to publish: ${plan.reason}`));
    return writeOutputs(listOutputs(nothing(request)));
  }
  if (results.some((result) => result.delivery === "artifact")) return tellArchives(request);
  const result = await publishImage(request);
  printText(describeResult(result));
  tellLeftTags(result.tags);
  tellHeldTags(result.notMoved, result.images);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  failWhereTagsFailed(result);
});

function nothing({ plan }: PublishRequest): PublishResult {
  return {
    ...{ kind: plan.kind, delivery: "none", reason: plan.reason, revision: plan.revision, images: plan.images },
    ...{ primaryTag: plan.primaryTag, reused: false, platforms: [], tags: [], notMoved: [], notes: [] },
  };
}

/** A pull request is served by its archives; anything else that should be in the registry and is not has failed. */
function tellArchives(request: PublishRequest): void {
  const { plan } = request;
  const result = keepArchives(request);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  const sentence = `No tag is put, the image is kept as archives: ${result.reason}`;
  if (plan.delivery === "registry" && plan.kind !== "pull-request") throw new Error(sentence);
  // Archives are what a fork's run was planned to give, and a makeshift where the registry was to have the image.
  if (plan.delivery === "artifact") core.notice(showText(sentence));
  else core.warning(showText(`${sentence}. Run the workflow again once the registry takes pushes.`));
}

function failWhereTagsFailed({ tags }: PublishResult): void {
  const failed = tags.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  const names = failed.map(({ image, name, reason }) => `${image}:${name} (${reason})`);
  throw new Error(
    `${tags.filter(hasFailed).length} of ${tags.length} tags do not name the image: ${names.join("; ")}. Run this job again: it goes on where it stopped.`,
  );
}
