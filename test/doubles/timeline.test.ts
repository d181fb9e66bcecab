import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startJournal, timelineMap } from "../../doubles/timeline.ts";

const write = fc.record({ key: fc.constantFrom("a", "b", "c"), value: fc.option(fc.nat(9), { nil: undefined }) });

describe("a timeline", () => {
  it("shows at every tick what a plain map held then", () => {
    fc.assert(
      fc.property(fc.array(write), (writes) => {
        const journal = startJournal(() => new Date(0));
        const timeline = timelineMap<string, number>();
        const plain = new Map<string, number>();
        const snapshots = [new Map(plain)];
        for (const { key, value } of writes) {
          timeline.set(journal.tick(), key, value);
          if (value === undefined) plain.delete(key);
          else plain.set(key, value);
          snapshots.push(new Map(plain));
        }
        for (const [index, snapshot] of snapshots.entries()) {
          const asOf = journal.ticksBack(writes.length - index);
          expect(new Map(timeline.entries(asOf))).toEqual(snapshot);
        }
        expect(new Map(timeline.entries())).toEqual(plain);
      }),
    );
  });

  it("finds the newest tick that is old enough", () => {
    let now = 0;
    const journal = startJournal(() => new Date(now));
    for (now = 0; now < 50; now += 10) journal.tick();
    expect([0, 10, 25, 1000].map((ms) => journal.millisecondsBack(ms))).toEqual([5, 5, 3, 0]);
  });
});
