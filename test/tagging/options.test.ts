import { InputError } from "@longshore/language";
import { parseComponent, parseExtraTags, parseLatest, parsePush, parseSuffix } from "@longshore/tagging";
import { describe, expect, it } from "vitest";
import { push } from "../../doubles/events.ts";
import { planOf } from "./plan-of.ts";

describe("what the caller asks for", () => {
  it("has its defaults where nothing is given", () => {
    expect([parseLatest(""), parsePush(" "), parseSuffix(""), parseComponent(" "), parseExtraTags("\n")]).toEqual([
      "auto",
      "auto",
      "",
      "",
      [],
    ]);
  });

  it("may have a suffix with or without its dash", () => {
    expect(["alpine", "-alpine", " alpine ", "py3.12", "slim_x"].map(parseSuffix)).toEqual([
      "-alpine",
      "-alpine",
      "-alpine",
      "-py3.12",
      "-slim_x",
    ]);
  });

  it("may have extra tags, one a line or separated by commas", () => {
    expect(parseExtraTags("edge\r\n Stable_1.x,edge\n\n")).toEqual(["edge", "Stable_1.x"]);
  });

  it.each([
    [() => parseLatest("newest"), /Input latest is "newest"; give one of auto, default-branch, release, both, none/],
    [() => parsePush("true"), /Input push is "true"; give one of auto, always, never/],
    [() => parseSuffix("-"), /Input suffix is "-"/],
    [() => parseSuffix("--alpine"), /Input suffix/],
    [() => parseSuffix("alpine:3"), /Input suffix/],
    [() => parseSuffix("alpine-"), /Input suffix/],
    [() => parseSuffix("a\nb"), /Input suffix is "a\\nb"/],
    [() => parseSuffix("abc1234"), /reads as a commit or a time/],
    [() => parseSuffix("alpine-abc1234"), /reads as a commit or a time/],
    [() => parseSuffix("143022"), /reads as a commit or a time/],
    [() => parseSuffix("a".repeat(60)), /fewer than 60/],
    [() => parseExtraTags(".edge"), /Input extra-tags holds "\.edge"/],
    [() => parseExtraTags("a b"), /Input extra-tags holds "a b"/],
    [() => parseExtraTags("a".repeat(129)), /Input extra-tags/],
    [() => planOf(push("refs/heads/x"), { images: [] }), /names no repository/],
    [() => planOf(push("refs/heads/x"), { images: ["ghcr.io/acme/app:1"] }), /holds a tag/],
    [() => planOf(push("refs/heads/x", { head_commit: null }), { commitDate: "today" }), /Commit date "today"/],
  ])("is refused by name otherwise (%#)", (ask, message) => {
    expect(ask).toThrow(InputError);
    expect(ask).toThrow(message);
  });
});
