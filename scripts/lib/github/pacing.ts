import type { Timing } from "../step/timing.ts";

/**
 * GitHub's limits, kept to by pacing
 * (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits): 900 points a
 * minute, of which a read costs 1 and a write 5. A little less is used, since other jobs may share the token.
 */
const pointsPerMinute = 850;
const minute = 60_000;
const slowest = 8;
/** Share of a minute's changes that may come at once: what a closed pull request leaves is gone in seconds. */
const burstShare = 1 / 6;

/** A limit that lasts longer than the step may wait: what is left is for the next run. */
export class LimitReached extends Error {
  override readonly name = "LimitReached";
}

export interface PacingOptions {
  readonly timing: Timing;
  readonly deletesPerMinute: number;
  /** Milliseconds that may be waited in all for limits, ordinary pacing not counted. */
  readonly longestWait: number;
  /** Told one sentence before a wait for a limit. */
  readonly onWait: (sentence: string) => void;
}

export interface Pacing {
  /** Waits until a request may be sent. Changes (DELETE, POST) come evenly, but for a few at the beginning. */
  readonly turn: (kind: "read" | "change") => Promise<void>;
  /** Nobody sends before this time (milliseconds since 1970). Throws LimitReached where that is too long. */
  readonly holdUntil: (time: number, why: string) => void;
  /** Changes come half as often from now on. */
  readonly slowDown: () => void;
  /** Pause between two changes, milliseconds. */
  readonly interval: () => number;
  /** Milliseconds spent, or to be spent, waiting for limits. */
  readonly waited: () => number;
}

export function createPacing({ timing, deletesPerMinute, longestWait, onWait }: PacingOptions): Pacing {
  const usual = minute / deletesPerMinute;
  let interval = usual;
  let burst = Math.floor(deletesPerMinute * burstShare);
  let nextChange = 0;
  let gate = 0;
  let waited = 0;
  /** Points of the last minute, oldest first; a second's requests share one entry. */
  const spent: { readonly time: number; points: number }[] = [];

  /** When so many points are free. */
  const whenFree = (points: number, now: number): number => {
    while (spent.length > 0 && (spent[0]?.time ?? 0) <= now - minute) spent.shift();
    let over = spent.reduce((sum, entry) => sum + entry.points, 0) + points - pointsPerMinute;
    for (const entry of spent) {
      if (over <= 0) break;
      over -= entry.points;
      if (over <= 0) return entry.time + minute;
    }
    return now;
  };
  const spend = (points: number, now: number): void => {
    const last = spent.at(-1);
    const second = Math.ceil(now / 1000) * 1000;
    if (last?.time === second) last.points += points;
    else spent.push({ time: second, points });
  };

  return {
    turn: async (kind) => {
      const points = kind === "change" ? 5 : 1;
      if (kind === "change") {
        const now = timing.now();
        const regular = Math.max(now, nextChange);
        const mine = Math.max(now, regular - burst * interval, gate);
        nextChange = regular + interval;
        if (mine > now) await timing.sleep(mine - now);
      }
      for (;;) {
        const now = timing.now();
        const free = Math.max(gate, whenFree(points, now));
        if (free <= now) break;
        await timing.sleep(free - now);
      }
      spend(points, timing.now());
    },
    holdUntil: (time, why) => {
      const now = timing.now();
      const more = Math.max(0, time - Math.max(now, gate));
      if (waited + more > longestWait) {
        throw new LimitReached(
          `${why}; it ends in ${describeMinutes(time - now)}, longer than the step may wait (input \`wait-minutes\`)`,
        );
      }
      if (more === 0) return;
      waited += more;
      gate = time;
      onWait(`${why}; going on in ${describeMinutes(time - now)}.`);
    },
    slowDown: () => {
      interval = Math.min(interval * 2, usual * slowest);
      burst = 0;
    },
    interval: () => interval,
    waited: () => waited,
  };
}

/** A span for people: `8 s`, `12 min`. */
export function describeMinutes(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
