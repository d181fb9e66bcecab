import { InputError } from "@longshore/language";
import { decideGate } from "./decide-gate.ts";
import { describeUndecided } from "./describe-undecided.ts";
import type { Scanner, ScanReport } from "./finding.ts";
import { findConcerns } from "./gate-concern.ts";
import type { GateResult } from "./gate-result.ts";
import type { GateRules } from "./gate-rules.ts";
import { explainExpired, explainPartial } from "./ignore-list.ts";
import { findingsOf, placeReports, type ScanTarget, type TargetReports } from "./scan-target.ts";

/** What the scanners say of one image. */
export interface ImageJudgement {
  readonly result: GateResult;
  /** One sentence for each target that a scanner has no report on: the result says nothing about it. */
  readonly notScanned: readonly string[];
  /** More that the reader should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Decides about the targets of one image from reports that may be about others too. Unlike `placeReports` it does not stop where
 * a report is missing: what was found elsewhere is told all the same.
 */
export function judgeImage(
  targets: readonly ScanTarget[],
  reports: readonly ScanReport[],
  { scanners, rules, placing }: { scanners: readonly Scanner[]; rules: GateRules; placing: TargetReports },
): ImageJudgement {
  const notScanned: string[] = [];
  const placed = targets.flatMap((target) =>
    scanners.flatMap((scanner) => {
      const own = reports.filter((report) => report.scanner === scanner && report.digests.includes(target.digest));
      try {
        return placeReports(own, [target], [scanner], placing);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        notScanned.push(error.message);
        return [];
      }
    }),
  );
  const result = decideGate(findingsOf(placed), rules, undefined, findConcerns(placed));
  return {
    ...{ result, notScanned },
    notes: [
      ...result.concerns.map(({ detail }) => detail),
      ...describeUndecided(placed.map(({ report }) => report)),
      ...result.expired.filter((entry) => entry.findings > 0).map((entry) => `${explainExpired(entry)}.`),
      ...result.partial.map(explainPartial),
    ],
  };
}
