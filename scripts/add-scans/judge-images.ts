import {
  describeBlocking,
  type GateFinding,
  type GateResult,
  type GateRules,
  judgeImage,
  type Scanner,
  type ScanReport,
} from "@longshore/guard";
import type { HealthProblem } from "@longshore/publishing";
import { groupBy } from "@longshore/tagging";
import type { HealthReport, ScanHealth, TagHealth } from "../lib/scans/health-report.ts";
import { placing } from "../lib/scans/scan-files.ts";

export interface AddedScans {
  readonly scans: readonly ScanHealth[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** Decides about every digest that the report's tags name. */
export function judgeImages(
  { images }: HealthReport,
  reports: readonly ScanReport[],
  how: { readonly scanners: readonly Scanner[]; readonly rules: GateRules },
): AddedScans {
  const judged = images.flatMap(({ image, tags }) =>
    [...groupBy(tags, ({ digest }) => digest)]
      .filter(([digest]) => digest !== "")
      .map(([digest, named]) => {
        const targets = targetsOf(named);
        const { result, notScanned, notes } = judgeImage(targets, reports, { ...how, placing });
        const what = { image, digest, tags: named.map(({ tag }) => tag) };
        return { notes, scan: describe(what, result, targets.length === 0 ? [nothingToScan] : notScanned) };
      }),
  );
  return {
    scans: judged.map(({ scan }) => scan),
    notes: [...new Set(judged.flatMap(({ notes }) => notes))],
  };
}

const nothingToScan = "It holds no platform that can be scanned.";

function targetsOf([first]: readonly TagHealth[]) {
  return Object.entries(first?.manifests ?? {}).map(([platform, digest]) => ({ platform, digest }));
}

function describe(
  what: Pick<ScanHealth, "image" | "digest" | "tags">,
  { findings, counts }: GateResult,
  notScanned: readonly string[],
): ScanHealth {
  const blocking = findings.filter(({ decision }) => decision === "blocks");
  return {
    ...{ ...what, counts },
    blocking: blocking.map(({ id, severity, package: name, installed, fixed, platforms, url }) => ({
      ...{ id, severity, package: name, installed, fixed, platforms, url },
    })),
    problems: [
      ...tellVulnerable(blocking, counts),
      ...notScanned.map((detail) => ({ kind: "not-checked" as const, detail })),
    ],
  };
}

/** More are in the report and in the summary. */
const mostNamed = 5;

function tellVulnerable(blocking: readonly GateFinding[], counts: GateResult["counts"]): readonly HealthProblem[] {
  if (blocking.length === 0) return [];
  const named = blocking
    .slice(0, mostNamed)
    .map(
      ({ id, package: name, installed, fixed }) =>
        `${id} in ${name} ${installed} (${fixed === "" ? "no fix yet" : `fixed in ${fixed}`})`,
    );
  const more = blocking.length > mostNamed ? ` and ${blocking.length - mostNamed} more` : "";
  const fix = blocking.some(({ fixed }) => fixed !== "")
    ? " Build it again, with a base image that has the fixes."
    : "";
  return [
    { kind: "vulnerable", detail: `The scan found ${describeBlocking(counts)}: ${named.join(", ")}${more}.${fix}` },
  ];
}
