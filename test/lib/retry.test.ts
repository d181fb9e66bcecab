import { expect, test } from "vitest";
import { parseRetryAfter, type RetryNotice, retry } from "../../scripts/lib/http/retry.ts";

/** An action that fails with each of the errors, then succeeds; and what was waited. */
async function run(
  errors: readonly string[],
  options: { attempts?: number; retryAfter?: number; longestDelay?: number } = {},
) {
  const left = [...errors];
  const waited: number[] = [];
  const notices: RetryNotice[] = [];
  const result = await retry(
    async (attempt) => {
      const error = left.shift();
      if (error !== undefined) throw new Error(error);
      return `done at ${attempt}`;
    },
    {
      attempts: options.attempts ?? 3,
      delay: 10,
      isTransient: (error) => error instanceof Error && error.message === "transient",
      retryAfter: () => options.retryAfter,
      ...(options.longestDelay === undefined ? {} : { longestDelay: options.longestDelay }),
      onRetry: (notice) => notices.push(notice),
      sleep: async (milliseconds) => waited.push(milliseconds),
    },
  ).catch((error: Error) => `threw ${error.message}`);
  return { result, waited, notices: notices.map(({ attempt, attempts, delay }) => ({ attempt, attempts, delay })) };
}

test("what succeeds is done once", async () => {
  expect(await run([])).toEqual({ result: "done at 1", waited: [], notices: [] });
});

test("transient errors are tried again, each announced", async () => {
  expect(await run(["transient", "transient"])).toEqual({
    result: "done at 3",
    waited: [10, 10],
    notices: [
      { attempt: 1, attempts: 3, delay: 10 },
      { attempt: 2, attempts: 3, delay: 10 },
    ],
  });
});

test("the last error is thrown when the attempts are used up", async () => {
  expect(await run(["transient", "transient", "transient"])).toMatchObject({
    result: "threw transient",
    waited: [10, 10],
  });
});

test("other errors are thrown at once", async () => {
  expect(await run(["transient", "permanent"])).toMatchObject({ result: "threw permanent", waited: [10] });
});

test("a longer Retry-After wins, a shorter one does not, one too long ends it", async () => {
  expect(await run(["transient"], { retryAfter: 50 })).toMatchObject({ waited: [50] });
  expect(await run(["transient"], { retryAfter: 5 })).toMatchObject({ waited: [10] });
  expect(await run(["transient"], { retryAfter: 50, longestDelay: 49 })).toMatchObject({
    result: "threw transient",
    waited: [],
  });
});

test.each([
  ["3", 3000],
  ["0.5", 500],
  [" 7 ", 7000],
  ["Fri, 28 Jun 2024 14:30:32 GMT", 10_000],
  ["Fri, 28 Jun 2024 14:00:00 GMT", 0],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("Retry-After %j is %j ms", (header, milliseconds) => {
  expect(parseRetryAfter(header, Date.parse("2024-06-28T14:30:22Z"))).toBe(milliseconds);
});
