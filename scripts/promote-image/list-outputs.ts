import { namesImage } from "../lib/registry/tags/tag-outcome.ts";
import type { PromoteResult } from "./promote-result.ts";

/** Every output of action.yml, by its name. */
export function listOutputs(result: PromoteResult): Readonly<Record<string, string>> {
  return {
    digest: result.digest ?? "",
    references: result.tags
      .filter(namesImage)
      .map(({ image, name }) => `${image}:${name}`)
      .join("\n"),
    result: JSON.stringify(result),
  };
}
