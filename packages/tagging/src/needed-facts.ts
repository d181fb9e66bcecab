import type { BuildFacts } from "./build-facts.ts";
import type { PlanOptions } from "./plan-options.ts";

/** What the edge must still fetch, so that no request is made that is not needed. */
export function neededFacts(
  facts: BuildFacts,
  options: Pick<PlanOptions, "latest">,
): { readonly versions: boolean; readonly commitDate: boolean } {
  return {
    versions: facts.kind === "release" || (facts.kind === "default-branch" && options.latest === "auto"),
    commitDate: facts.kind !== "none" && facts.created === "",
  };
}
