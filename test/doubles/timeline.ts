/**
 * State that remembers: each write is one tick of a journal, and any read can ask for the state as of an earlier tick.
 * So a stale answer is a real earlier state, not a made-up one.
 */
export interface Journal {
  /** The clock. */
  readonly now: () => Date;
  /** Starts a write; what it sets carries the returned tick. */
  tick(): number;
  /** The tick that was newest so many writes, or milliseconds, ago. */
  ticksBack(writes: number): number;
  millisecondsBack(ms: number): number;
}

/** The tick of reads that are not stale. */
export const newest = Number.POSITIVE_INFINITY;

export function startJournal(now: () => Date): Journal {
  const times: number[] = [];
  return {
    now,
    tick: () => times.push(now().getTime()),
    ticksBack: (writes) => Math.max(0, times.length - writes),
    millisecondsBack: (ms) => {
      const limit = now().getTime() - ms;
      return times.findLastIndex((time) => time <= limit) + 1;
    },
  };
}

/** A map whose every key can be read as of any tick; `undefined` is "not there". */
export interface TimelineMap<K, V> {
  get(key: K, asOf?: number): V | undefined;
  /** What is there, in the order the keys were first set. */
  entries(asOf?: number): readonly (readonly [K, V])[];
  set(tick: number, key: K, value: V | undefined): void;
}

export function timelineMap<K, V>(): TimelineMap<K, V> {
  const histories = new Map<K, { tick: number; value: V | undefined }[]>();
  const at = (history: readonly { tick: number; value: V | undefined }[] | undefined, asOf: number) =>
    asOf === newest ? history?.at(-1)?.value : history?.findLast((entry) => entry.tick <= asOf)?.value;
  return {
    get: (key, asOf = newest) => at(histories.get(key), asOf),
    entries: (asOf = newest) =>
      [...histories].flatMap(([key, history]) => {
        const value = at(history, asOf);
        return value === undefined ? [] : [[key, value] as const];
      }),
    set: (tick, key, value) => {
      const history = histories.get(key);
      if (history === undefined) histories.set(key, [{ tick, value }]);
      else history.push({ tick, value });
    },
  };
}
