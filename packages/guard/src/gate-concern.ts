import type { PlacedReport } from "./scan-target.ts";

/** Why a result says little, whatever was found. */
export interface GateConcern {
  readonly kind: "end-of-life" | "unrecognised";
  /** What it is about: an operating system, or a platform. */
  readonly about: string;
  /** One sentence: what it means, and what to do. */
  readonly detail: string;
}

/** Systems without updates, and platforms in which no scanner recognised anything, each once. */
export function findConcerns(reports: readonly PlacedReport[]): readonly GateConcern[] {
  const systems = new Set(reports.flatMap(({ report: { endOfLife } }) => endOfLife ?? []));
  const seen = new Set(reports.flatMap(({ report, platform }) => (report.recognised ? [platform] : [])));
  const unseen = new Set(reports.map(({ platform }) => platform).filter((platform) => !seen.has(platform)));
  return [
    ...[...systems].sort().map((about) => ({
      ...{ kind: "end-of-life" as const, about },
      detail: `${about} gets no security updates any more: what is found in it is not all there is. Move to a newer base image.`,
    })),
    ...[...unseen].sort().map((about) => ({
      ...{ kind: "unrecognised" as const, about },
      detail:
        about === "source"
          ? "No scanner recognised a package in the files: nothing found there says little. Commit lock files, or do not ask for a scan of the files."
          : `No scanner recognised an operating system or a package in ${about}: nothing found there says little. A static binary in an empty image looks so; build it with what tells its modules, or scan its sources too.`,
    })),
  ];
}

/** What blocks, in a few words. */
export function nameConcern({ kind, about }: GateConcern): string {
  return kind === "end-of-life"
    ? `the end of life of ${about}`
    : `a scan that recognised nothing in ${about === "source" ? "the files" : about}`;
}

/** What makes a result say little, half a sentence. */
export function describeConcern({ kind, about }: GateConcern): string {
  return kind === "end-of-life"
    ? `${about} gets no security updates any more`
    : `nothing was recognised in ${about === "source" ? "the files" : about}`;
}
