import { InputError, normaliseImage, quote } from "@longshore/language";
import type { BuildFacts } from "./build-facts.ts";
import { cacheScopes } from "./cache-scope.ts";
import { decideDelivery } from "./delivery.ts";
import type { ImagePlan } from "./image-plan.ts";
import { annotateIndex, describeImage } from "./labels.ts";
import { parseExtraTags, parseSuffix } from "./parse-options.ts";
import { parseMoment } from "./payload.ts";
import type { PlanOptions } from "./plan-options.ts";
import { planTags } from "./plan-tags.ts";

/** Kinds that write a cache scope of their own; the others read the default branch's or their base's. */
const cacheWriters: readonly BuildFacts["kind"][] = ["pull-request", "feature", "default-branch"];

/** Decides names, delivery, labels and cache scopes. Changes nothing. @throws InputError */
export function planImage(facts: BuildFacts, options: PlanOptions): ImagePlan {
  const suffix = parseSuffix(options.suffix);
  const extraTags = parseExtraTags(options.extraTags.join("\n"));
  const { delivery, reason } = decideDelivery(facts, options.push);
  const shared = {
    kind: facts.kind,
    images: [...new Set(options.images.map(normaliseImage))],
    repository: facts.repository.fullName,
    defaultBranch: facts.repository.defaultBranch,
    branch: branchOf(facts),
    component: facts.component,
    suffix,
    delivery,
    reason,
    cache: {
      ...cacheScopes(facts, suffix),
      write: delivery === "registry" && cacheWriters.includes(facts.kind),
    },
  };
  if (shared.images.length === 0)
    throw new InputError("Input image names no repository; give one such as ghcr.io/acme/app.");
  if (facts.kind === "none") {
    return {
      ...shared,
      tags: [],
      notMoved: [],
      primaryTag: "",
      revision: "",
      created: "",
      version: "",
      labels: {},
      annotations: {},
    };
  }
  const { tags, notMoved } = planTags(facts, { ...options, extraTags }, suffix);
  const primaryTag = tags[0]?.name ?? "";
  const created = facts.created || readCommitDate(options.commitDate);
  const version = "version" in facts ? facts.version : primaryTag;
  const labels = describeImage(facts, { created, version, primaryTag });
  return {
    ...shared,
    tags,
    notMoved,
    primaryTag,
    revision: facts.revision,
    created,
    version,
    labels,
    annotations: annotateIndex(labels),
  };
}

/** The merge queue's branch is its base, which its commits are not the tip of. */
function branchOf(facts: BuildFacts): string {
  return "branch" in facts && facts.kind !== "merge-queue" ? facts.branch : "";
}

function readCommitDate(text: string): string {
  if (text === "") return "";
  const moment = parseMoment(text);
  if (moment === undefined)
    throw new InputError(`Commit date ${quote(text)} is no date and time such as 2024-06-28T14:30:22Z.`);
  return moment;
}
