import type { ScanReport } from "./finding.ts";

/** One sentence for each operating system in these reports that gets no security updates any more. */
export function endsOfLife(reports: readonly ScanReport[]): readonly string[] {
  const systems = new Set(reports.flatMap(({ endOfLife }) => (endOfLife === undefined ? [] : [endOfLife])));
  return [...systems].map(
    (system) =>
      `${system} gets no security updates any more: what is found in it is not all there is. Move to a newer base image.`,
  );
}
