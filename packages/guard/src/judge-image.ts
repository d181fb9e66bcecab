import { InputError } from "@longshore/language";
import { decideGate } from "./decide-gate.ts";
import { endsOfLife } from "./ends-of-life.ts";
import type { Scanner, ScanReport } from "./finding.ts";
import type { GateResult } from "./gate-result.ts";
import type { GateRules } from "./gate-rules.ts";
import { explainExpired } from "./ignore-list.ts";
import { assignReports, type ScanTarget, type TargetReports } from "./scan-target.ts";

/** What the scanners say of one image. */
export interface ImageJudgement {
  readonly result: GateResult;
  /** One sentence for each target that a scanner has no report on: the result says nothing about it. */
  readonly notScanned: readonly string[];
  /** More that the reader should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Decides about the targets of one image from reports that may be about others too. Unlike `assignReports` it does not stop where
 * a report is missing: what was found elsewhere is told all the same.
 */
export function judgeImage(
  targets: readonly ScanTarget[],
  reports: readonly ScanReport[],
  { scanners, rules, placing }: { scanners: readonly Scanner[]; rules: GateRules; placing: TargetReports },
): ImageJudgement {
  const notScanned: string[] = [];
  const about = new Set(targets.map(({ digest }) => digest));
  const findings = targets.flatMap((target) =>
    scanners.flatMap((scanner) => {
      const own = reports.filter((report) => report.scanner === scanner && report.digests.includes(target.digest));
      try {
        return assignReports(own, [target], [scanner], placing);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        notScanned.push(error.message);
        return [];
      }
    }),
  );
  const result = decideGate(findings, rules);
  return {
    ...{ result, notScanned },
    notes: [
      ...endsOfLife(reports.filter(({ digests }) => digests.some((digest) => about.has(digest)))),
      ...result.expired.filter((entry) => entry.findings > 0).map((entry) => `${explainExpired(entry)}.`),
    ],
  };
}
