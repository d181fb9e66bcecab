import { describe, expect, it } from "vitest";
import { findLink } from "../../scripts/lib/http/link-header.ts";
import { parseJson } from "../../scripts/lib/http/parse-json.ts";
import { parseRetryAfter } from "../../scripts/lib/http/retry.ts";
import { errorOfAnswer } from "../../scripts/lib/registry/error.ts";

const json = (text: string) => parseJson(Buffer.from(text));

describe("JSON of a stranger", () => {
  it.each(["{}", "[1,2]", `"a"`, `{"a":{"b":[null]}}`])("%s is read", (text) => {
    expect(json(text)).toEqual(JSON.parse(text));
  });
  it("may be nested as deep as it likes", () => {
    expect(json(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toHaveLength(1);
  });
  it.each([`[${"{},".repeat(500_000)}{}]`, `${"[".repeat(1_000_001)}`, `[${"1,".repeat(1_000_000)}1]`])(
    "of more than a million values is not",
    (text) => expect(() => json(text)).toThrow("it holds more than 1000000 values"),
  );
  it.each(["", "<html>", "{", "\xff"])("%j is none", (text) => {
    expect(() => parseJson(Buffer.from(text, "latin1"))).toThrow();
  });
});

describe("a Link header", () => {
  it.each([
    [`<https://a/b?page=2>; rel="next", <https://a/b?page=9>; rel="last"`, "next", "https://a/b?page=2"],
    [`<https://a/b?page=2>; rel="next", <https://a/b?page=9>; rel="last"`, "last", "https://a/b?page=9"],
    ["</v2/x?last=a,b;c>;rel=next", "next", "/v2/x?last=a,b;c"],
    [`</a>; title="x"; rel="next"`, "next", "/a"],
    [`</a>; rel="prev"`, "next", undefined],
    [`</a>; rel="nextish"`, "next", undefined],
    ["", "next", undefined],
    ["<<<>>>", "next", undefined],
  ])("%s: %s is %s", (header, relation, target) => expect(findLink(header, relation)).toBe(target));

  it.each(["<", "<a", "<a>;", ", ", `<a>; rel="last", `])("of a million times %j has no next", (part) => {
    expect(findLink(part.repeat(1_000_000 / part.length), "next")).toBeUndefined();
  });
});

describe("a refusal's body ends as one short line", () => {
  const purpose = { host: "a.example", image: "a.example/b", action: "read", what: "the manifest 1" } as const;
  it.each(["<", "<p>", "<p", " ", "\n", "&lt;", "\u001b[31m", "denied: ", `{"errors":[{"code":`])(
    "of 64 kB of %j",
    (part) => {
      const body = part.repeat((64 * 1024) / part.length);
      const { message } = errorOfAnswer(purpose, 400, new Map(), body, 0);
      expect(message.length).toBeLessThan(400);
      expect(message).not.toMatch(/[\n\u001b]/u);
    },
  );
});

it.each([
  ["31536000", 31_536_000_000],
  ["99999999999999999999", 1e23],
  ["Wed, 01 Jan 9999 00:00:00 GMT", Date.parse("9999-01-01T00:00:00Z")],
  ["soon", undefined],
])("Retry-After: %s", (header, pause) => expect(parseRetryAfter(header, 0)).toBe(pause));
