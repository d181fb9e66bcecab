import type { Scanner } from "./finding.ts";
import type { GateConcern } from "./gate-concern.ts";
import type { IgnoreEntry } from "./ignore-list.ts";
import { type Severity, severities } from "./severity.ts";

/** Why a finding blocks or does not. `below`: its severity is not asked for. The strongest first. */
export const decisions = ["blocks", "known", "unfixed", "ignored", "below"] as const;

export type Decision = (typeof decisions)[number];

/** One vulnerability of one package version, or one secret, of all platforms and scanners that have it. */
export interface GateFinding {
  readonly id: string;
  readonly package: string;
  readonly installed: string;
  readonly fixed: string;
  /** The worst that a scanner gives it. */
  readonly severity: Severity;
  readonly platforms: readonly string[];
  readonly scanners: readonly Scanner[];
  /** Where the copies lie that have its decision; none of a package of the operating system. */
  readonly paths: readonly string[];
  readonly title: string;
  readonly url: string;
  /** Whether the baseline lacks it on one of the platforms at least; undefined without a baseline. */
  readonly isNew?: boolean;
  readonly decision: Decision;
  /** Half a sentence. */
  readonly reason: string;
}

export interface SeverityCount {
  readonly found: number;
  readonly new: number;
  /** In the baseline, and here no more. */
  readonly fixed: number;
  readonly blocking: number;
}

export interface GateResult {
  /** `report`: it would block, but the mode only reports. */
  readonly verdict: "pass" | "block" | "report";
  /** One sentence. */
  readonly reason: string;
  readonly counts: Readonly<Record<Severity, SeverityCount>>;
  /** Everything found: what blocks first, then by severity, what is new first. */
  readonly findings: readonly GateFinding[];
  /** Why the result says little, and whether that blocks too. */
  readonly concerns: readonly (GateConcern & { readonly blocks: boolean })[];
  /** What the baseline has and this has no more, the worst first. */
  readonly fixed: readonly Pick<GateFinding, "id" | "package" | "severity" | "platforms">[];
  /** Entries whose day is over, with the number of findings they ignore no more. */
  readonly expired: readonly (IgnoreEntry & { readonly findings: number })[];
  /** Entries in force that nothing found asks for: they can go. */
  readonly unused: readonly IgnoreEntry[];
  /** Entries in force for a flaw of an advisory that is not ignored, since others of its flaws are not named. */
  readonly partial: readonly (IgnoreEntry & { readonly advisory: string; readonly unnamed: readonly string[] })[];
}

/** `1 CRITICAL, 2 HIGH`: what blocks, the worst first; empty where nothing does. */
export function describeBlocking(counts: GateResult["counts"]): string {
  return severities
    .toReversed()
    .filter((severity) => counts[severity].blocking > 0)
    .map((severity) => `${counts[severity].blocking} ${severity}`)
    .join(", ");
}
