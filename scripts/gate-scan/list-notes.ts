import { explainExpired, explainPartial, type GateResult } from "@longshore/guard";
import type { Collected } from "./collect-findings.ts";
import type { GateRequest } from "./read-request.ts";

export interface GateNotes {
  /** Somebody has to do something. */
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** What the reader should know beside the verdict, one sentence each. */
export function listNotes(
  result: GateResult,
  { baseline, ignoreList, notes }: Collected,
  request: GateRequest,
): GateNotes {
  const expired = result.expired.map(
    (entry) => `${explainExpired(entry)}${entry.findings === 0 ? "; it is not found either, so the line can go" : ""}.`,
  );
  const unused = result.unused.map(
    ({ id, line }) => `Line ${line} of the ignore list is for ${id}, which is not found: it can go.`,
  );
  const compares =
    request.rules.newOnly && baseline === undefined
      ? [
          "There is nothing to compare with: everything found counts as new. Give the input baseline an image that exists.",
        ]
      : [];
  return {
    warnings: [
      ...result.concerns.map(({ detail }) => detail),
      ...ignoreList.malformed,
      ...expired,
      ...result.partial.map(explainPartial),
      ...notes,
      ...compares,
    ],
    notices: [...request.notes, ...unused],
  };
}
