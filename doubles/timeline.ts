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

/** One write of a key; older ones hang behind it, so that a key that was written once costs little. */
interface Entry<V> {
  readonly tick: number;
  readonly value: V | undefined;
  readonly older: Entry<V> | undefined;
}

export function timelineMap<K, V>(): TimelineMap<K, V> {
  const histories = new Map<K, Entry<V>>();
  const at = (newestEntry: Entry<V> | undefined, asOf: number): V | undefined => {
    let entry = newestEntry;
    while (entry !== undefined && entry.tick > asOf) entry = entry.older;
    return entry?.value;
  };
  return {
    get: (key, asOf = newest) => at(histories.get(key), asOf),
    entries: (asOf = newest) => {
      const found: [K, V][] = [];
      for (const [key, history] of histories) {
        const value = at(history, asOf);
        if (value !== undefined) found.push([key, value]);
      }
      return found;
    },
    set: (tick, key, value) => {
      histories.set(key, { tick, value, older: histories.get(key) });
    },
  };
}
