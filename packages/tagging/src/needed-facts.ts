import type { BuildFacts } from "./build-facts.ts";
import type { PlanOptions } from "./plan-options.ts";

/** What the edge must still fetch, so that no request is made that is not needed. */
export function neededFacts(
  _facts: BuildFacts,
  _options: Pick<PlanOptions, "latest">,
): { readonly versions: boolean; readonly commitDate: boolean } {
  throw new Error("to be written");
}
