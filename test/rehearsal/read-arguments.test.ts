import { expect, test } from "vitest";
import { readArguments } from "../../rehearsal/read-arguments.ts";

const known = ["pipeline", "rebuild"];
const nothing = { scenarios: [], engine: "auto", help: false, list: false, json: false, keep: false };

test.each([
  ["nothing", [], nothing],
  ["a scenario", ["rebuild"], { ...nothing, scenarios: ["rebuild"] }],
  [
    "options before and after, and the -- of a package manager",
    ["--json", "--", "rebuild"],
    { ...nothing, json: true, scenarios: ["rebuild"] },
  ],
  ["an engine", ["--engine=private", "--keep"], { ...nothing, engine: "private", keep: true }],
])("understands %s", (_, args, expected) => {
  expect(readArguments(args, known)).toEqual(expected);
});

test.each([
  ["an unknown scenario", ["nope"], 'There is no scenario "nope": choose from pipeline, rebuild.'],
  ["an unknown option", ["--fast"], "Unknown option '--fast'; see --help."],
  ["an engine that is none", ["--engine", "podman"], '--engine is auto, host or private, not "podman".'],
  ["an option without its value", ["--engine"], "Option '--engine <value>' argument missing; see --help."],
  [
    "several scenarios to keep",
    ["pipeline", "rebuild", "--keep"],
    "--keep leaves one registry running: name one scenario.",
  ],
])("answers %s with one sentence", (_, args, sentence) => {
  expect(readArguments(args, known)).toBe(sentence);
});
