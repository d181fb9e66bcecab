import { setTimeout as wait } from "node:timers/promises";

/** The clock of a step that paces itself; tests hand in one that costs no time. */
export interface Timing {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export const realTiming: Timing = { now: () => Date.now(), sleep: (milliseconds) => wait(milliseconds) };
