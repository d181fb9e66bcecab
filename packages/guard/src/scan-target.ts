import { InputError } from "@longshore/language";
import type { Finding, Scanner, ScanReport } from "./finding.ts";

/** One image that had to be scanned. */
export interface ScanTarget {
  /** Normalised */
  readonly platform: string;
  /** Of its manifest */
  readonly digest: string;
}

export interface TargetReports {
  /** What is called the platform of a file system's findings. */
  readonly source: string;
  /** Reads a report's platform as targets have it; undefined where it is none that is known. */
  readonly normalise: (platform: string) => string | undefined;
}

/** A report, and the platform whose manifest it is about. */
export interface PlacedReport {
  readonly report: ScanReport;
  readonly platform: string;
}

/**
 * These reports, each with the platform whose manifest it is about. Throws InputError unless every target has a report of every
 * scanner and every report is about a target: a platform that was not scanned, or another one scanned twice, must never look clean.
 * Without targets the platform is the report's own word.
 */
export function placeReports(
  reports: readonly ScanReport[],
  targets: readonly ScanTarget[] | undefined,
  scanners: readonly Scanner[],
  options: TargetReports,
): readonly PlacedReport[] {
  const placed = reports.map((report) => ({ report, platform: placeOf(report, targets, options) }));
  for (const { platform } of targets ?? []) {
    for (const scanner of scanners) {
      if (placed.some((place) => place.platform === platform && place.report.scanner === scanner)) continue;
      throw new InputError(`There is no report of ${scanner} on ${platform}: every platform must be scanned.`);
    }
  }
  return placed;
}

/** The findings of these reports, by the rules of `placeReports`. Throws InputError. */
export function assignReports(...args: Parameters<typeof placeReports>): readonly Finding[] {
  return findingsOf(placeReports(...args));
}

/** What these reports tell, each with its platform. */
export function findingsOf(placed: readonly PlacedReport[]): readonly Finding[] {
  return placed.flatMap(({ report, platform }) => report.findings.map((finding) => ({ ...finding, platform })));
}

function placeOf(
  report: ScanReport,
  targets: readonly ScanTarget[] | undefined,
  { source, normalise }: TargetReports,
): string {
  if (report.kind === "filesystem") return source;
  const said = report.platform === undefined ? undefined : normalise(report.platform);
  if (targets === undefined) {
    if (said !== undefined) return said;
    throw new InputError(`Report ${report.name} does not say of which platform it is: give the input targets.`);
  }
  const target = targets.find(({ digest }) => report.digests.includes(digest));
  if (target === undefined) {
    throw new InputError(
      `Report ${report.name} is about ${report.digests.join(", ") || "no digest"}, which is none of the images to scan.`,
    );
  }
  // Grype does not tell the variant of every image: what it says must agree as far as it goes.
  if (said !== undefined && said !== target.platform && architectureOf(said) !== architectureOf(target.platform)) {
    throw new InputError(
      `Report ${report.name} is of ${said}, but ${target.digest} is the image of ${target.platform}: give the scanner the platform.`,
    );
  }
  return target.platform;
}

function architectureOf(platform: string): string {
  return platform.split("/").slice(0, 2).join("/");
}
