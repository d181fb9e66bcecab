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
  /** What the baseline has too does not block. Without a baseline everything is new. */
  readonly newOnly: boolean;
  readonly ignore: readonly IgnoreEntry[];
  /** `2026-11-21`, UTC. */
  readonly today: string;
}
