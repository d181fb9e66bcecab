import type { PackageVersion } from "@longshore/cleanup";
import type { LostVersion } from "./prune-report.ts";

/** A version to bring back. */
export interface Restoration extends LostVersion {
  /** Digests that come back before it. */
  readonly after: readonly string[];
}

export interface RestorePlan {
  /** Children before parents. */
  readonly restore: readonly Restoration[];
  /** There already. */
  readonly present: readonly LostVersion[];
  /** What cannot come back, and why. */
  readonly lost: readonly { readonly name: string; readonly reason: string }[];
}

/** What is to be done so that the wanted versions are there, with all below and about them. Pure. */
export function planRestore(
  removed: readonly LostVersion[],
  wanted: readonly string[],
  deleted: readonly PackageVersion[],
  active: readonly PackageVersion[],
): RestorePlan {
  const known = new Map(removed.map((version) => [version.digest, version]));
  const deletedById = new Map(deleted.map((version) => [version.id, version]));
  const deletedByDigest = new Map(deleted.map((version) => [version.digest, version]));
  const there = new Set(active.map(({ digest }) => digest));
  const lost: { name: string; reason: string }[] = [];
  const chosen = new Set<string>();
  const choose = (digest: string): void => {
    if (chosen.has(digest)) return;
    chosen.add(digest);
    for (const part of known.get(digest)?.parts ?? []) if (known.has(part)) choose(part);
    for (const version of removed) if (version.about === digest) choose(version.digest);
  };
  for (const name of wanted.length === 0 ? removed.map(({ digest }) => digest) : wanted) {
    const found = removed.find(({ digest, tags }) => digest === name || tags.includes(name))?.digest;
    if (found !== undefined) choose(found);
    else if (deletedByDigest.has(name) || there.has(name)) choose(name);
    else lost.push({ name, reason: "neither the report nor GitHub's list of deleted versions has it" });
  }
  const order = [
    ...removed.map(({ digest }) => digest).reverse(),
    ...[...chosen].filter((digest) => !known.has(digest)),
  ];
  const restore: Restoration[] = [];
  const present: LostVersion[] = [];
  for (const digest of order) {
    if (!chosen.has(digest)) continue;
    const version = known.get(digest);
    // Of what the report says of a version GitHub has the last word: an id counts only with its digest.
    const byId = version && deletedById.get(version.id);
    const found = byId?.digest === digest ? byId : deletedByDigest.get(digest);
    const plain: LostVersion = version ?? {
      id: found?.id ?? 0,
      digest,
      tags: found?.tags ?? [],
      parts: [],
      about: undefined,
    };
    if (there.has(digest)) present.push(plain);
    else if (found !== undefined) {
      const after = plain.parts.filter((part) => chosen.has(part) && !there.has(part));
      restore.push({ ...plain, id: found.id, after });
    } else {
      const reason =
        "GitHub does not list it as deleted: it went more than 30 days ago, or the package was deleted as a whole";
      lost.push({ name: plain.tags.join(", ") || digest, reason });
    }
  }
  return { restore, present, lost };
}
