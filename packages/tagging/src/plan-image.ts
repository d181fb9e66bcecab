import type { BuildFacts } from "./build-facts.ts";
import type { ImagePlan } from "./image-plan.ts";
import type { PlanOptions } from "./plan-options.ts";

/** Decides names, delivery, labels and cache scopes. @throws InputError */
export function planImage(_facts: BuildFacts, _options: PlanOptions): ImagePlan {
  throw new Error("to be written");
}
