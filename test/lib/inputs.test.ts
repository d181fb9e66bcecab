import { InputError } from "@longshore/language";
import { describe, expect, test } from "vitest";
import {
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readJson,
  readLines,
  readList,
  readRequired,
  readText,
} from "../../scripts/lib/step/inputs.ts";

const given = (value: string) => ({ "INPUT_THE-NAME": value });
const name = "the-name";

/** The message, when an InputError is thrown. */
function refusal(read: () => unknown): string {
  try {
    return `not refused: ${JSON.stringify(read())}`;
  } catch (error) {
    return error instanceof InputError ? error.message : `no InputError: ${error}`;
  }
}

test("text is trimmed, and empty text is the fallback", () => {
  expect(readText(name, "x", given("  a b \n"))).toBe("a b");
  expect(readText(name, "x", given(" \n"))).toBe("x");
  expect(readText(name, "x", {})).toBe("x");
});

test("what is required may not be empty", () => {
  expect(readRequired(name, given("a"))).toBe("a");
  expect(refusal(() => readRequired(name, {}))).toBe("Input `the-name` is missing: give it a value.");
});

test("lists take commas and lines, lines take lines only", () => {
  expect(readList(name, given("a, b\r\n\n c,,"))).toEqual(["a", "b", "c"]);
  expect(readLines(name, given("A=1,2\r\n\n  B=3  "))).toEqual(["A=1,2", "B=3"]);
  expect(readList(name, {})).toEqual([]);
});

test.each([
  ["true", true],
  ["True", true],
  ["FALSE", false],
  ["", true],
])("the boolean %j is %j", (text, value) => {
  expect(readBoolean(name, true, given(text))).toBe(value);
});

test.each(["yes", "1", "on", "tRue", "truee"])("the boolean %j is refused", (text) => {
  expect(refusal(() => readBoolean(name, true, given(text)))).toBe(
    `Input \`the-name\` is "${text}": use \`true\` or \`false\`.`,
  );
});

test("a choice is one of the words", () => {
  expect(readChoice(name, ["min", "max"], "min", given("max"))).toBe("max");
  expect(readChoice(name, ["min", "max"], "min", {})).toBe("min");
  expect(refusal(() => readChoice(name, ["min", "max"], "min", given("Max")))).toBe(
    'Input `the-name` is "Max": use one of `min`, `max`.',
  );
});

test("an integer lies within its range", () => {
  const range = { lowest: 1, highest: 10, fallback: 3 };
  expect(readInteger(name, range, given("10"))).toBe(10);
  expect(readInteger(name, range, {})).toBe(3);
  for (const text of ["0", "11", "-1", "1.5", "1e1", "0x1", "ten", "9".repeat(30)]) {
    expect(refusal(() => readInteger(name, range, given(text)))).toContain("use a whole number from 1 to 10");
  }
});

describe("a duration", () => {
  test.each([
    ["10s", 10_000],
    ["90m", 5_400_000],
    ["24h", 86_400_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
    ["0s", 0],
    ["", 1000],
  ])("%j is %d ms", (text, milliseconds) => {
    expect(readDuration(name, "1s", given(text))).toBe(milliseconds);
  });

  test.each(["10", "s", "1.5h", "-1d", "1 d", "1D", "1y", "7d2h", "∞", "1000000w", "2weeks"])(
    "%j is refused",
    (text) => {
      expect(refusal(() => readDuration(name, "1s", given(text)))).toMatch(
        /^Input `the-name` is ".+": use a number and a unit/u,
      );
    },
  );
});

test("JSON that does not parse is refused with its start only", () => {
  expect(readJson(name, given("[1]"))).toEqual([1]);
  const message = refusal(() => readJson(name, given(`{"a": ${"x".repeat(100)}`)));
  expect(message).toMatch(/^Input `the-name` is not JSON: it starts "\{"a": x+…"\.$/u);
});

test("a value is told on one short line, whatever it holds", () => {
  const message = refusal(() => readBoolean(name, true, given(`a\n::error::b\u202e\u001b[31m${"c".repeat(300)}`)));
  expect(message).toContain('"a\\n::error::b\\u{202e}\\u{1b}[31mccc');
  expect(message.length).toBeLessThan(200);
});
