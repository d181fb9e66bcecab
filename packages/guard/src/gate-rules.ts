import type { IgnoreEntry } from "./ignore-list.ts";
import type { Severity } from "./severity.ts";

/** What decides the gate. */
export interface GateRules {
  /** `report` never blocks; it tells what `block` would have blocked. */
  readonly mode: "block" | "report";
  /** Only these can block. */
  readonly severities: readonly Severity[];
  /** What no version fixes yet does not block. */
  readonly ignoreUnfixed: boolean;
  /** What the baseline has in the same copy does not block. Without a baseline everything is new. */
  readonly newOnly: boolean;
  readonly ignore: readonly IgnoreEntry[];
  /** What a system that gets no security updates any more does. */
  readonly endOfLife: "warn" | "block";
  /** What an image does in which no scanner recognised anything. */
  readonly unrecognised: "warn" | "block";
  /** `2026-11-21`, UTC. */
  readonly today: string;
}
