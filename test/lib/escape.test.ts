import fc from "fast-check";
import { expect, test } from "vitest";
import {
  codeText,
  escapeMarkdown,
  linkText,
  neutraliseLine,
  quoteValue,
  showText,
} from "../../scripts/lib/step/escape.ts";

const anyText = fc.string({ unit: "binary" });
/** Text made of what matters here, so that dangerous texts are really met. */
const dangerousText = fc.string({
  unit: fc.constantFrom(
    "::",
    "##[",
    "#",
    "[",
    "error",
    " ",
    "\t",
    "\u00a0",
    "\u3000",
    "\n",
    "\r",
    "\u2028",
    "\ufeff",
    "\u202e",
    "a",
  ),
});

/** As the runner: white space of .NET is trimmed, then `::`; or `##[` anywhere. */
function isCommand(line: string): boolean {
  return /^[\s\u0085]*::/u.test(line.replaceAll("\ufeff", "")) || line.includes("##[");
}

test("no line is a command once it is neutralised, and it stays one line", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, dangerousText), (text) => {
      const line = neutraliseLine(text);
      expect(isCommand(line)).toBe(false);
      expect(line).not.toMatch(/[\n\r\u001b\u0085\u2028\u2029]/u);
    }),
  );
});

test.each([
  ["::error::x", "\u200b::error::x"],
  ["  ::error::x", "\u200b  ::error::x"],
  ["a ##[error]x", "a #\u200b#[error]x"],
  ["a::b", "a::b"],
  ["tab\tstays", "tab\tstays"],
  ["\u001b[31mred", "\\u{1b}[31mred"],
])("the line %j becomes %j", (line, neutral) => {
  expect(neutraliseLine(line)).toBe(neutral);
});

test("shown text has no controls, line breaks or marks that reorder text", () => {
  expect(showText("a\r\nb\tc\u0000\u202ed")).toBe("a\\r\\nb\\tc\\u{0}\\u{202e}d");
  fc.assert(
    fc.property(anyText, (text) => {
      expect(showText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test("a quoted value is cut between characters", () => {
  expect(quoteValue("🚢🚢🚢", 2)).toBe('"🚢🚢…"');
});

test.each([
  ["pr-12-abc1234", "pr-12-abc1234"],
  ["sha256:0123", "sha256:0123"],
  ["a|b", "a&#124;b"],
  ["*a* _b_ `c` ~d~", "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#126;d&#126;"],
  ["<b>&amp;", "&#60;b&#62;&#38;amp;"],
  ["[x](https://a)", "&#91;x&#93;(https&#58;//a)"],
  ["@octocat #1 :ship:", "&#64;octocat &#35;1 &#58;ship:"],
  ["www.example.com", "www&#46;example.com"],
  ["- item\n# title", "&#45; item&#92;n&#35; title"],
])("%j in Markdown is %j", (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});

test.each([
  ["ghcr.io/acme/app:1.2.3", "`ghcr.io/acme/app:1.2.3`"],
  ["a`b", "<code>a&#96;b</code>"],
  ["a|b\nc", "<code>a&#124;b&#92;nc</code>"],
  [" a", "<code> a</code>"],
])("%j as code is %j", (text, code) => {
  expect(codeText(text)).toBe(code);
});

test("Markdown of any text holds nothing that ends a cell, opens a tag or leaves the line", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const markdown of [escapeMarkdown(text), codeText(text).replace(/^<code>|<\/code>$/gu, "")]) {
        expect(markdown).not.toMatch(/[|<>\n\r]/u);
      }
    }),
  );
});

test("only http addresses become links, and none gets out of its brackets", () => {
  expect(linkText("a]b", "https://x.example/a b")).toBe("a&#93;b");
  expect(linkText("a", "https://x.example/(b)|c")).toBe("[a](https://x.example/%28b%29%7Cc)");
  expect(linkText("a", "javascript:alert(1)")).toBe("a");
});
