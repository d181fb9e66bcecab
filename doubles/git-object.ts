import { createHash } from "node:crypto";

export interface Person {
  readonly name: string;
  readonly email: string;
  /** As GitHub shows it: `2026-11-21T10:00:00Z`. */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

/** An annotated tag's own object. */
export interface TagObject {
  readonly sha: string;
  readonly tag: string;
  /** Sha of the commit. */
  readonly object: string;
  readonly tagger: Person;
  readonly message: string;
}

export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** The sha that git gives an object: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function hashObject(type: "commit" | "tag", content: string): string {
  return createHash("sha1")
    .update(`${type} ${Buffer.byteLength(content)}\0${content}`)
    .digest("hex");
}

export function hashCommit(commit: Omit<Commit, "sha">): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signature(commit.author)}`,
    `committer ${signature(commit.committer)}`,
  ];
  return hashObject("commit", `${lines.join("\n")}\n\n${commit.message}\n`);
}

export function hashTag(tag: Omit<TagObject, "sha">): string {
  const lines = [`object ${tag.object}`, "type commit", `tag ${tag.tag}`, `tagger ${signature(tag.tagger)}`];
  return hashObject("tag", `${lines.join("\n")}\n\n${tag.message}\n`);
}

function signature(person: Person): string {
  return `${person.name} <${person.email}> ${Date.parse(person.date) / 1000} +0000`;
}

/** To the second and in UTC, as GitHub writes dates. */
export function gitHubDate(date: Date | string | number): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}
