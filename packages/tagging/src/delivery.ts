import type { BuildFacts } from "./build-facts.ts";
import type { Delivery } from "./image-plan.ts";
import type { PushMode } from "./plan-options.ts";

/** How the image leaves the build, and why (B12): to the registry wherever the token can write. */
export function decideDelivery(
  facts: BuildFacts,
  push: PushMode,
): { readonly delivery: Delivery; readonly reason: string } {
  if (facts.kind === "none") return { delivery: "none", reason: facts.reason };
  if (push === "never")
    return { delivery: "artifact", reason: "Input push is never, so the image is kept as an archive." };
  switch (facts.origin) {
    case "fork": {
      const reason = "A pull request from a fork has a token that can only read, so the image is kept as an archive";
      return {
        delivery: "artifact",
        reason: push === "always" ? `${reason}; push: always cannot change that.` : `${reason}.`,
      };
    }
    case "dependabot":
      if (push === "always") {
        return {
          delivery: "registry",
          reason: "Input push is always, so Dependabot's run pushes if its token can write.",
        };
      }
      return {
        delivery: "artifact",
        reason: "A run that Dependabot started has a token that can only read, so the image is kept as an archive.",
      };
    case "repository":
      return { delivery: "registry", reason: "The run belongs to this repository, so its token can write." };
  }
}
