/** A clock that stands still until it is told: for `now` of the double, so that hours pass without waiting. */
export interface VirtualClock {
  readonly now: () => Date;
  advance(ms: number): void;
  set(time: Date | string): void;
}

export function virtualClock(start: Date | string = "2026-11-01T00:00:00Z"): VirtualClock {
  let time = new Date(start).getTime();
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms;
    },
    set: (next) => {
      time = new Date(next).getTime();
    },
  };
}
