import { expect, test } from "vitest";
import { mapParallel } from "../../scripts/lib/http/parallel.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("results come in the order of the items, never more at once than allowed", async () => {
  let running = 0;
  let most = 0;
  const results = await mapParallel([5, 1, 4, 2, 3], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let step = 0; step < item; step += 1) await turn();
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test("after an error nothing new is started, what is under way ends, and the first error is thrown", async () => {
  const ended: number[] = [];
  const work = mapParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
    for (let step = 0; step < 3; step += 1) await turn();
    if (item === 3) throw new Error("three");
    ended.push(item);
  });
  await expect(work).rejects.toThrow("three");
  expect(ended).toEqual([1, 2, 4]);
});

test("no items are no work", async () => {
  expect(await mapParallel([], 3, async () => 1)).toEqual([]);
});
