import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./workflow-files.ts";

const sha = "a".repeat(40);

/** A `gh` that answers from a list of tags and writes down what it is asked to change. */
const gh = `#!/usr/bin/env bash
case "$1 $2" in
  "api --paginate") for tag in $TAGS; do [[ $tag == \${3##*/tags/}* ]] && echo "\${tag%=*}" | sed 's/^v//'; done; exit 0 ;;
  "api repos/acme/app/git/matching-refs"*) for tag in $TAGS; do [[ \${tag%=*} == "\${2##*/tags/}" ]] && echo "\${tag#*=}"; done; exit 0 ;;
  "release view") exit 1 ;;
esac
echo "$*" | sed -E 's/ --notes-file [^ ]+//' >> "$CALLS"
`;

function publish(version: string, tags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  const calls = join(folder, "calls");
  writeFileSync(join(folder, "gh"), gh);
  chmodSync(join(folder, "gh"), 0o755);
  // The scripts read the changelog beside them: give them one that knows every version.
  const scripts = join(folder, ".github/release");
  spawnSync("mkdir", ["-p", scripts]);
  spawnSync("cp", [...["notes.sh", "publish.sh"].map((name) => join(root, ".github/release", name)), scripts]);
  writeFileSync(join(folder, "CHANGELOG.md"), `# Changelog\n\n## ${version}\n\nNew.\n`);
  const { status, stdout, stderr } = spawnSync(join(scripts, "publish.sh"), [version, sha], {
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
}

const create = (version: string) => [
  `release create v${version} --draft --target ${sha} --title v${version}`,
  `release edit v${version} --draft=false --target ${sha}`,
];
const made = (line: string) => `api repos/acme/app/git/refs -f ref=refs/tags/v${line} -f sha=${sha}`;
const moved = (line: string) => `api --method PATCH repos/acme/app/git/refs/tags/v${line} -f sha=${sha} -F force=true`;

describe("a release", () => {
  test("is published first, then v1.2 is made and v1 moved", () => {
    const { status, calls } = publish("1.2.0", ["v1=old", "v1.1.9=old"]);
    expect({ status, calls }).toEqual({ status: 0, calls: [...create("1.2.0"), made("1.2"), moved("1")] });
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
  const changelog = join(mkdtempSync(join(tmpdir(), "notes-")), "CHANGELOG.md");
  writeFileSync(
    changelog,
    "# Changelog\n\n## Unreleased\n\n## 1.10.0 (2027)\n\nTen.\n\n## 1.1.0\n\nOne.\n\n## 1.0.0\n\n",
  );
  const notes = (version: string) =>
    spawnSync(join(root, ".github/release/notes.sh"), [version, changelog], { encoding: "utf8" });

  test.each([
    ["1.10.0", "Ten."],
    ["1.1.0", "One."],
  ])("of %s are its section", (version, text) => {
    expect(notes(version).stdout.trim()).toBe(text);
  });

  test.each(["v1.1.0", "1.1", "1.1.0-rc.1", "", "01.1.0", "$(id)"])(
    "are refused for %j, which is no version",
    (version) => {
      expect(notes(version)).toMatchObject({ status: 1, stderr: expect.stringContaining("is no release version") });
    },
  );

  test.each(["2.0.0", "1.0.0"])("are refused for %s, of which the changelog says nothing", (version) => {
    expect(notes(version)).toMatchObject({ status: 1, stderr: expect.stringContaining("write it first") });
  });
});
