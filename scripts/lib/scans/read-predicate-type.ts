import { readFileSync } from "node:fs";
import { InputError } from "@longshore/language";
import { sbomPredicateType } from "@longshore/publishing";
import { quoteValue } from "../step/escape.ts";

/** The predicate type of an SBOM in a file that `input` names. Throws InputError where it is none that GitHub attests. */
export function readPredicateType(input: string, path: string): string {
  let type: string | undefined;
  try {
    type = sbomPredicateType(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which is no JSON file that can be read.`, {
      cause,
    });
  }
  if (type !== undefined) return type;
  throw new InputError(
    `Input \`${input}\` names ${quoteValue(path, 300)}, which is neither SPDX's JSON nor CycloneDX's.`,
  );
}
