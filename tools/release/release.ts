/**
 *     tsx tools/release/release.ts notes 1.2.3           prints what CHANGELOG.md says about it
 *     tsx tools/release/release.ts publish 1.2.3 <sha>   makes the immutable release v1.2.3, then lets v1.2 and v1 follow it
 *
 * Publishing again after it was interrupted goes on where it stopped. Wants `gh`, GH_TOKEN and GH_REPO.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { maxSatisfying } from "semver";
import { $ } from "zx";
import { releaseNotes } from "./release-notes.ts";

const usage = "Usage: release.ts notes <version> [changelog], or release.ts publish <version> <sha> [changelog].";

try {
  const [command, version = "", ...rest] = process.argv.slice(2);
  const [sha = "", changelog] = command === "publish" ? rest : ["", ...rest];
  if (command === "notes") process.stdout.write(`${readNotes(version, changelog)}\n`);
  else if (command === "publish" && /^[0-9a-f]{40}$/.test(sha))
    await publish(version, sha, readNotes(version, changelog));
  else throw new Error(usage);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readNotes(version: string, path?: string): string {
  return releaseNotes(readFileSync(path ?? join(import.meta.dirname, "..", "..", "CHANGELOG.md"), "utf8"), version);
}

async function publish(version: string, sha: string, notes: string): Promise<void> {
  const released = await commitOf(`v${version}`);
  if (released !== undefined && released !== sha) {
    throw new Error(`v${version} is released already, from ${released}: choose the next version.`);
  }
  if (released === undefined) {
    const draft = await $({ nothrow: true, quiet: true })`gh release view ${`v${version}`}`;
    const target = ["--target", sha, "--notes-file", "-"];
    const gh = $({ quiet: true, input: notes });
    if (draft.exitCode !== 0) await gh`gh release create ${`v${version}`} --draft --title ${`v${version}`} ${target}`;
    // Publishing makes the tag and, with immutable releases switched on, freezes both.
    await $({ quiet: true, input: notes })`gh release edit ${`v${version}`} --draft=false ${target}`;
  }
  // Only forward: v1.2 follows the highest 1.2.x, v1 the highest 1.x.y.
  const [major = "", minor = ""] = version.split(".");
  for (const line of [`${major}.${minor}`, major]) await follow(line, version, sha);
}

async function follow(line: string, version: string, sha: string): Promise<void> {
  const names = (await tagsOf(`v${line}.`)).map(({ name }) => name.slice(1));
  // The list may not have the new one yet.
  const highest = maxSatisfying([...names, version], "*") ?? version;
  if (highest !== version) {
    process.stdout.write(`v${line} stays: v${highest} is higher than v${version}.\n`);
    return;
  }
  const repository = process.env.GH_REPO ?? "";
  if ((await commitOf(`v${line}`)) === undefined) {
    await $({
      quiet: true,
    })`gh api ${`repos/${repository}/git/refs`} -f ${`ref=refs/tags/v${line}`} -f ${`sha=${sha}`}`;
  } else {
    const path = `repos/${repository}/git/refs/tags/v${line}`;
    await $({ quiet: true })`gh api --method PATCH ${path} -f ${`sha=${sha}`} -F force=true`;
  }
  process.stdout.write(`v${line} now names v${version}.\n`);
}

interface GitTag {
  readonly name: string;
  readonly sha: string;
}

/** Git tags that start so. Those made here are plain: they name commits, not tag objects. */
async function tagsOf(prefix: string): Promise<readonly GitTag[]> {
  const path = `repos/${process.env.GH_REPO ?? ""}/git/matching-refs/tags/${prefix}`;
  const { stdout } = await $({ quiet: true })`gh api --paginate ${path} --jq ${".[] | [.ref, .object.sha] | @tsv"}`;
  return stdout.split("\n").flatMap((line): readonly GitTag[] => {
    const [ref = "", sha = ""] = line.split("\t");
    return ref.startsWith("refs/tags/") ? [{ name: ref.slice("refs/tags/".length), sha }] : [];
  });
}

async function commitOf(tag: string): Promise<string | undefined> {
  return (await tagsOf(tag)).find(({ name }) => name === tag)?.sha;
}
