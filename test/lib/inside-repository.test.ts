import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findInside } from "../../scripts/lib/step/inside-repository.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "longshore-inside-")));
const workspace = join(folder, "work");
mkdirSync(join(workspace, "a/b"), { recursive: true });
mkdirSync(join(folder, "workshop"));
writeFileSync(join(workspace, "a/file"), "");
const links = {
  "to-file": "a/file",
  "to-folder": "a",
  "to-itself": "../work/a",
  out: "..",
  "out-and-back": "../work/a/file",
  absolute: "/etc",
  nothing: "/nothing/there",
  loop: "loop",
};
for (const [name, target] of Object.entries(links)) symlinkSync(target, join(workspace, name));
symlinkSync(workspace, join(folder, "linked-work"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a path inside the repository", () => {
  it.each([
    [".", ""],
    ["a/file", "a/file"],
    ["a/../a/b", "a/b"],
    ["to-file", "a/file"],
    ["to-folder/b", "a/b"],
    ["to-itself/file", "a/file"],
    ["out-and-back", "a/file"],
    [join(workspace, "a"), "a"],
  ])("%s is followed", (path, real) => {
    expect(findInside(workspace, path, "It")).toBe(join(workspace, real));
  });

  it.each(["missing", "a/missing/too", "to-folder/missing"])("%s may be missing", (path) => {
    expect(findInside(workspace, path, "It")).toBeUndefined();
  });

  it("counts from its folder, also in a workspace that is a link", () => {
    expect(findInside(workspace, "../a/file", "It", join(workspace, "a"))).toBe(join(workspace, "a/file"));
    expect(findInside(join(folder, "linked-work"), "a/file", "It")).toBe(join(workspace, "a/file"));
  });

  it.each([
    "..",
    "../workshop",
    "a/../../x",
    "/etc/passwd",
    folder,
    "out",
    "out/workshop",
    "out/missing",
    "absolute/passwd",
    "absolute/missing",
    "nothing",
    "nothing/below",
    "loop",
  ])("%s is none", (path) => {
    expect(() => findInside(workspace, path, "Input x")).toThrow(
      /^Input x is ".*", which lies outside the repository: use a path/,
    );
  });
});
