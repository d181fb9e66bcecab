import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { releaseNotes } from "../../tools/release/release-notes.ts";
import { root } from "../../tools/workflows/workflow-files.ts";

const sha = "a".repeat(40);

/** A `gh` that answers from a list of tags, as `--jq` would print them, and writes down what it is asked to change. */
const gh = `#!/usr/bin/env node
const { appendFileSync } = require("node:fs");
const args = process.argv.slice(2);
const tags = process.env.TAGS.split(" ").filter(Boolean).map((tag) => tag.split("="));
if (args[0] === "api" && args[1] === "--paginate") {
  const prefix = args[2].split("/matching-refs/tags/")[1];
  for (const [name, sha] of tags) if (name.startsWith(prefix)) console.log("refs/tags/" + name + "\\t" + sha);
} else if (args[0] === "release" && args[1] === "view") process.exit(1);
else appendFileSync(process.env.CALLS, args.join(" ").replace(" --notes-file -", "") + "\\n");
`;

function publish(version: string, tags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  const calls = join(folder, "calls");
  try {
    writeFileSync(join(folder, "gh"), gh);
    chmodSync(join(folder, "gh"), 0o755);
    const changelog = join(folder, "CHANGELOG.md");
    writeFileSync(changelog, `# Changelog\n\n## ${version}\n\nNew.\n`);
    const args = ["tools/release/release.ts", "publish", version, sha, changelog];
    const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin/tsx"), args, {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env.PATH}`,
        CALLS: calls,
        GH_REPO: "acme/app",
        TAGS: tags.join(" "),
      },
    });
    return { status, stdout, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const create = (version: string) => [
  `release create v${version} --draft --title v${version} --target ${sha}`,
  `release edit v${version} --draft=false --target ${sha}`,
];
const made = (line: string) => `api repos/acme/app/git/refs -f ref=refs/tags/v${line} -f sha=${sha}`;
const moved = (line: string) => `api --method PATCH repos/acme/app/git/refs/tags/v${line} -f sha=${sha} -F force=true`;

describe("a release", () => {
  test("is published first, then v1.2 is made and v1 moved", () => {
    const { status, stderr, calls } = publish("1.2.0", ["v1=old", "v1.1.9=old"]);
    expect({ status, stderr, calls }).toEqual({
      status: 0,
      stderr: "",
      calls: [...create("1.2.0"), made("1.2"), moved("1")],
    });
  });

  test("that was interrupted before its tags moved goes on there", () => {
    expect(publish("1.2.0", ["v1.2=old", `v1.2.0=${sha}`]).calls).toEqual([moved("1.2"), made("1")]);
  });

  test("of an older line leaves v1 where it is", () => {
    const { calls, stdout } = publish("1.1.10", ["v1=new", "v1.1=old", "v1.1.9=old", `v1.1.10=${sha}`, "v1.2.0=new"]);
    expect(calls).toEqual([moved("1.1")]);
    expect(stdout).toContain("v1 stays: v1.2.0 is higher than v1.1.10.");
  });

  test("of a version that names another commit is refused, and nothing changes", () => {
    const { status, stderr, calls } = publish("1.2.0", ["v1.2.0=bbbb"]);
    expect({ status, calls }).toEqual({ status: 1, calls: [] });
    expect(stderr).toContain("v1.2.0 is released already, from bbbb");
  });
});

describe("the notes of a release", () => {
  const changelog = "# Changelog\n\n## Unreleased\n\n## 1.10.0 (2027)\n\nTen.\n\n## 1.1.0\n\nOne.\n\n## 1.0.0\n\n";

  test.each([
    ["1.10.0", "Ten."],
    ["1.1.0", "One."],
  ])("of %s are its section", (version, text) => {
    expect(releaseNotes(changelog, version)).toBe(text);
  });

  test.each(["v1.1.0", "1.1", "1.1.0-rc.1", "", "01.1.0", "$(id)"])(
    "are refused for %j, which is no version",
    (version) => {
      expect(() => releaseNotes(changelog, version)).toThrow("is no release version");
    },
  );

  test.each(["2.0.0", "1.0.0"])("are refused for %s, of which the changelog says nothing", (version) => {
    expect(() => releaseNotes(changelog, version)).toThrow("write it first");
  });
});
