import { describe, expect, test } from "vitest";
import { createPacing, LimitReached, type PacingOptions } from "../../scripts/lib/github/pacing.ts";

/** A pacing on a clock that jumps to the end of each sleep. */
function startPacing(options: Partial<PacingOptions> = {}) {
  let now = 1_000_000;
  const waits: string[] = [];
  const pacing = createPacing({
    timing: {
      now: () => now,
      sleep: async (milliseconds) => {
        now = Math.max(now, now + milliseconds);
      },
    },
    deletesPerMinute: 150,
    longestWait: 600_000,
    onWait: (sentence) => waits.push(sentence),
    ...options,
  });
  return { pacing, waits, elapsed: () => now - 1_000_000 };
}

describe("pacing", () => {
  test("lets a small number of changes pass at once, then so many a minute", async () => {
    const { pacing, elapsed } = startPacing();
    for (let change = 0; change < 25; change += 1) await pacing.turn("change");
    expect(elapsed()).toBe(0);
    for (let change = 0; change < 300; change += 1) await pacing.turn("change");
    expect(elapsed() / 60_000).toBeCloseTo(2, 1);
  });

  test("never spends more than 850 points in any minute", async () => {
    const { pacing, elapsed } = startPacing({ deletesPerMinute: 180 });
    const spent: [number, number][] = [];
    for (let turn = 0; turn < 3000; turn += 1) {
      const kind = turn % 4 === 0 ? "change" : "read";
      await pacing.turn(kind);
      spent.push([elapsed(), kind === "change" ? 5 : 1]);
    }
    const worst = spent.map(([time]) =>
      spent.reduce((sum, [other, points]) => sum + (other >= time && other < time + 60_000 ? points : 0), 0),
    );
    expect(Math.max(...worst)).toBeLessThanOrEqual(850);
  });

  test("holds everybody back until a limit ends, and counts that once", async () => {
    const { pacing, waits, elapsed } = startPacing();
    pacing.holdUntil(1_000_000 + 60_000, "A limit");
    pacing.holdUntil(1_000_000 + 60_000, "A limit");
    await Promise.all([pacing.turn("read"), pacing.turn("change")]);
    expect(elapsed()).toBeGreaterThanOrEqual(60_000);
    expect(pacing.waited()).toBe(60_000);
    expect(waits).toEqual(["A limit; going on in 60 s."]);
  });

  test("gives up where a limit lasts longer than the step may wait", () => {
    const { pacing } = startPacing({ longestWait: 100_000 });
    pacing.holdUntil(1_000_000 + 90_000, "A limit");
    expect(() => pacing.holdUntil(1_000_000 + 120_000, "A limit")).toThrow(LimitReached);
  });

  test("comes half as often after each complaint, down to an eighth", async () => {
    const { pacing } = startPacing();
    expect(pacing.interval()).toBe(400);
    for (let complaint = 0; complaint < 6; complaint += 1) pacing.slowDown();
    expect(pacing.interval()).toBe(3200);
  });
});
