import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_LINE, splitLines } from "../../scripts/lib/programs/split-lines.ts";

const anyBreak = /\r\n|\n|\r/gu;

function split(chunks: readonly (Buffer | string)[], breaks = anyBreak): readonly string[] {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line), breaks);
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

test("lines are the same wherever the chunks are cut, inside of characters too", () => {
  const text = fc.array(fc.constantFrom("a", "é", "𝄞", "\r", "\n", "\r\n", " "), { maxLength: 30 });
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 60 })), (parts, cuts) => {
      const bytes = Buffer.from(parts.join(""));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((one, other) => one - other), bytes.length];
      const chunks = places.slice(1).map((place, at) => bytes.subarray(places[at], place));
      const lines = parts.join("").split(anyBreak);
      expect(split(chunks)).toEqual(lines.at(-1) === "" ? lines.slice(0, -1) : lines);
    }),
  );
});

test("of a line that is too long the beginning is given, and the next one whole", () => {
  const [long, next] = split([...Array.from({ length: 100 }, () => "x".repeat(1000)), "\nshort"]);
  expect([long, next]).toEqual([`${"x".repeat(LONGEST_LINE)}…`, "short"]);
});

test("where only a line feed ends a line, a carriage return is part of it", () => {
  expect(split(["a\r", "b\r\nc"], /\n/gu)).toEqual(["a\rb\r", "c"]);
});
