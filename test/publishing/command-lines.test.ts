import { formatCommandLine, parseCommandLines } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

const parse = (text: string) => parseCommandLines(text, "Input `smoke-test`");

test.each([
  ["", []],
  ["  \n \r\n", []],
  ["app --version", [["app", "--version"]]],
  ["app  a\tb ", [["app", "a", "b"]]],
  ["one\ntwo x\r\nthree", [["one"], ["two", "x"], ["three"]]],
  [`sh -c 'a && b | c'`, [["sh", "-c", "a && b | c"]]],
  [`sh -c 'a\nb'`, [["sh", "-c", "a\nb"]]],
  [`echo "a 'b' \\"c\\" \\d"`, [["echo", `a 'b' "c" \\d`]]],
  ["echo '' \"\"", [["echo", "", ""]]],
  ["echo a\\ b \\$HOME $HOME", [["echo", "a b", "$HOME", "$HOME"]]],
  ["echo one \\\n  two", [["echo", "one", "two"]]],
  [`pre'fix'"ed"`, [["prefixed"]]],
  ["trailing\\", [["trailing\\"]]],
  [`echo a#b '#c' \\#d`, [["echo", "a#b", "#c", "#d"]]],
])("%j is %j", (text, commands) => {
  expect(parse(text)).toEqual(commands);
});

test.each([
  ["app 'x", "Input `smoke-test` opens a ' that does not end: close it."],
  ['app "x\ny', 'Input `smoke-test` opens a " that does not end: close it.'],
  ["# the version\napp --version", "Input `smoke-test` holds a comment: leave it out"],
  ["app --version # prints it", "Input `smoke-test` holds a comment: leave it out"],
])("%j is refused", (text, sentence) => {
  expect(() => parse(text)).toThrow(sentence);
});

describe("a command line that is written", () => {
  it("is read back as the same words, whatever they hold", () => {
    const words = fc.array(
      fc.string({ unit: "binary" }).filter((word) => !word.includes("\r")),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(words, (command) => {
        expect(parse(formatCommandLine(command))).toEqual([command]);
      }),
    );
  });
});
