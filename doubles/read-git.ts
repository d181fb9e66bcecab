import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Commit, gitHubDate, type Person, type TagObject } from "./git-object.ts";

/** What a real checkout holds. Refs are bare names to the sha they name. */
export interface GitContent {
  readonly commits: readonly Commit[];
  readonly branches: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly tagObjects: readonly TagObject[];
  /** The checked out branch; `undefined` where HEAD is detached. */
  readonly head: string | undefined;
}

const run = promisify(execFile);

/** Throws what git says where the path is no repository. */
export async function readGit(path: string): Promise<GitContent> {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await run("git", ["-c", "safe.directory=*", "-C", path, ...args], { maxBuffer: 2 ** 30 });
    return stdout;
  };
  const head = await git("symbolic-ref", "--short", "-q", "HEAD").catch(() => "");
  const hasCommit = await git("rev-parse", "-q", "--verify", "HEAD^{commit}").then(
    () => true,
    () => false,
  );
  const fields = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"];
  const log = ["log", "-z", `--format=${fields.join("%x00")}`, "--all", ...(hasCommit ? ["HEAD"] : [])];
  const refFields = ["refname", "objecttype", "objectname", "*objectname", "taggername", "taggeremail"];
  const refFormat = [...refFields, "taggerdate:iso-strict", "contents:subject"]
    .map((field) => `%(${field})`)
    .join("%00");
  const refs = (await git("for-each-ref", `--format=${refFormat}`, "refs/heads", "refs/tags"))
    .split("\n")
    .filter((line) => line !== "")
    .map(readRef);
  const named = (prefix: string) =>
    new Map(refs.flatMap(({ ref, sha }) => (ref.startsWith(prefix) ? [[ref.slice(prefix.length), sha] as const] : [])));
  return {
    commits: groups((await git(...log)).split("\0"), fields.length).map(readCommit),
    branches: named("refs/heads/"),
    tags: named("refs/tags/"),
    tagObjects: refs.flatMap(({ tagObject }) => (tagObject === undefined ? [] : [tagObject])),
    head: head.trim() === "" ? undefined : head.trim(),
  };
}

function groups(fields: readonly string[], size: number): readonly (readonly string[])[] {
  const count = Math.floor(fields.length / size);
  return Array.from({ length: count }, (_, index) => fields.slice(index * size, (index + 1) * size));
}

function readCommit(fields: readonly string[]): Commit {
  const [sha = "", tree = "", parents = "", an = "", ae = "", ad = "", cn = "", ce = "", cd = "", body = ""] = fields;
  return {
    sha,
    tree,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author: person(an, ae, ad),
    committer: person(cn, ce, cd),
    message: body.replace(/\n+$/, ""),
  };
}

function readRef(line: string): {
  readonly ref: string;
  readonly sha: string;
  readonly tagObject: TagObject | undefined;
} {
  const [ref = "", type = "", sha = "", object = "", name = "", email = "", date = "", message = ""] = line.split("\0");
  if (type !== "tag") return { ref, sha, tagObject: undefined };
  const tagger = person(name, email.replace(/^<|>$/g, ""), date);
  return { ref, sha, tagObject: { sha, tag: ref.slice("refs/tags/".length), object, tagger, message } };
}

function person(name: string, email: string, date: string): Person {
  return { name, email, date: gitHubDate(date === "" ? 0 : date) };
}
