import type { ScanReport } from "./finding.ts";

/** One sentence for each report that holds more than the gate decides about. */
export function describeUndecided(reports: readonly ScanReport[]): readonly string[] {
  return reports
    .filter(({ undecided }) => undecided.length > 0)
    .map(
      ({ name, undecided }) =>
        `Report ${name} holds ${undecided.join(" and ")}, about which this gate decides nothing: look at them there.`,
    );
}
