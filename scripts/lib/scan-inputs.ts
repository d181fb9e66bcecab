import type { Scanner } from "@longshore/guard";
import { InputError } from "@longshore/tagging";
import { quoteValue } from "./escape.ts";
import { readList } from "./inputs.ts";

/** Input `scanners`; Trivy where it is empty. Throws InputError. */
export function readScanners(): readonly Scanner[] {
  const known = readList("scanners").map((name) => {
    if (name === "trivy" || name === "grype") return name;
    throw new InputError(`Input \`scanners\` names ${quoteValue(name)}: use \`trivy\`, \`grype\` or both.`);
  });
  return known.length === 0 ? ["trivy"] : [...new Set(known)];
}
