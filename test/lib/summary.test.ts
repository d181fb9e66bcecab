import { expect, test } from "vitest";
import { formatMarkdownTable, formatTextTable, writeSummary } from "../../scripts/lib/step/summary.ts";

test("a Markdown table", () => {
  expect(formatMarkdownTable({ header: ["Tag", "Why"], rows: [["`a`", "b"]] })).toBe(
    "| Tag | Why |\n| --- | --- |\n| `a` | b |\n\n",
  );
});

test("a text table is aligned, without white space at the ends of lines", () => {
  expect(
    formatTextTable([
      ["a", "long", "x"],
      ["bcd", "y"],
      ["", "z", ""],
    ]),
  ).toBe("a    long  x\nbcd  y\n     z");
});

test("without a summary file nothing is written", () => {
  expect(() => writeSummary("text", "")).not.toThrow();
});
