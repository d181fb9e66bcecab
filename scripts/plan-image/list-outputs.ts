import { type ImagePlan, type Mutability, publishQueue } from "@longshore/tagging";
import { nameQueue } from "../lib/step/queue-name.ts";

/** Every output of action.yml, by its name. */
export function listOutputs(plan: ImagePlan): Readonly<Record<string, string>> {
  const names = (mutability?: Mutability): readonly string[] =>
    plan.tags.filter((tag) => mutability === undefined || tag.mutability === mutability).map(({ name }) => name);
  return {
    kind: plan.kind,
    images: plan.images.join("\n"),
    tags: names().join("\n"),
    "immutable-tags": names("immutable").join("\n"),
    "moving-tags": names("moving").join("\n"),
    references: plan.images.flatMap((image) => names().map((name) => `${image}:${name}`)).join("\n"),
    "primary-tag": plan.primaryTag,
    revision: plan.revision,
    delivery: plan.delivery,
    reason: plan.reason,
    labels: formatPairs(plan.labels),
    annotations: formatPairs(plan.annotations),
    queue: nameQueue(publishQueue(plan)),
    plan: JSON.stringify(plan),
  };
}

function formatPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");
}
