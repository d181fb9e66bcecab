import * as core from "@actions/core";
import type { ImagePlan } from "@longshore/tagging";
import { hasFailed } from "../lib/registry/tags/tag-outcome.ts";
import { tellHeldTags, tellLeftTags } from "../lib/registry/tags/tell-left-tags.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { writeSummary } from "../lib/step/summary.ts";
import { describeResult, summariseResult } from "./describe-result.ts";
import { listOutputs } from "./list-outputs.ts";
import { promoteDeferred, promoteRelease } from "./promote-plan.ts";
import type { PromoteResult } from "./promote-result.ts";
import { promoteNamed, promoteRepository } from "./promote-source.ts";
import { createPromoter, type Promoter } from "./promoter.ts";
import { type PromoteRequest, readRequest } from "./read-request.ts";

await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const { task } = request;
  if ("plan" in task && task.plan.delivery !== "registry") {
    return tellNothing(task.plan);
  }
  const promoter = createPromoter(request);
  const promoted = await promote(promoter, request);
  const result = { ...promoted, notes: [...promoter.notes, ...promoted.notes] };
  printText(describeResult(result));
  tellLeftTags(result.tags);
  if ("plan" in task) tellHeldTags(result.notMoved, task.plan.images);
  writeOutputs(listOutputs(result));
  writeSummary(summariseResult(result));
  failWhereTagsFailed(result);
});

function promote(promoter: Promoter, request: PromoteRequest): Promise<PromoteResult> {
  const { task } = request;
  switch (task.kind) {
    case "deferred":
      return promoteDeferred(promoter, task, request);
    case "release":
      return promoteRelease(promoter, task.plan, request);
    case "image":
      return promoteNamed(promoter, task, request);
    case "repository":
      return promoteRepository(promoter, task, request);
  }
}

/** Archives and events that name nothing have no image in a registry. */
function tellNothing({ reason, revision }: ImagePlan): void {
  const sentence = `Nothing to promote: ${reason}`;
  core.notice(showText(sentence));
  const nothing: PromoteResult = {
    ...{ kind: "none", source: "", revision, reason: "", backward: false },
    ...{ tags: [], notMoved: [], copies: [], notes: [sentence] },
  };
  writeOutputs(listOutputs(nothing));
}

function failWhereTagsFailed({ tags }: PromoteResult): void {
  const failed = tags.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  const names = failed.map(({ image, name, reason }) => `${image}:${name} (${reason})`);
  throw new Error(
    `${tags.filter(hasFailed).length} of ${tags.length} tags do not name the image: ${names.join("; ")}. Run this job again: it goes on where it stopped.`,
  );
}
