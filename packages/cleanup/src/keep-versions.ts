import type { ImageEdges } from "./image-edges.ts";
import type { PackageView, ViewedVersion } from "./package-view.ts";
import { numberOf } from "./rules/other-pull-request.ts";
import { retentionRules } from "./rules/retention-rules.ts";

/** Why a version stays: the name of the rule and a sentence. */
export interface Keeping {
  readonly rule: string;
  readonly reason: string;
}

export interface KeptVersions {
  /** By place; undefined: the version goes */
  readonly keepings: readonly (Keeping | undefined)[];
  /** Digests that stay only because they were not read */
  readonly undecided: readonly string[];
}

/** Everything that stays: what a rule names, all that it reaches, and all that something unreadable might reach. */
export function keepVersions(view: PackageView, edges: ImageEdges): KeptVersions {
  const { versions } = view;
  const keepings: (Keeping | undefined)[] = versions.map(() => undefined);
  const origins: string[] = [];
  const undecided: string[] = [];
  const places = new Map(versions.map(({ version, at }) => [version.digest, at]));
  const pending: number[] = [];
  /** Of what stays and cannot be read, the newest; and how far its shadow was drawn already. */
  let newestOpaque = versions.length;
  let shadow = versions.length;

  const keep = (at: number, keeping: Keeping, origin: string): void => {
    if (keepings[at] !== undefined) return;
    keepings[at] = keeping;
    origins[at] = origin;
    if (versions[at]?.opaque !== undefined) newestOpaque = Math.min(newestOpaque, at);
    pending.push(at);
  };

  const keepReached = (): void => {
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const origin = origins[at] ?? "";
      const part = { rule: "part", reason: `Part of ${origin}, which stays.` };
      for (const child of edges.children[at] ?? []) keep(child, part, origin);
      const about = { rule: "referrer", reason: `Belongs to ${origin}, which stays.` };
      for (const referrer of edges.referrers[at] ?? []) keep(referrer, about, origin);
    }
  };

  /** A registry takes an index only after its parts: what nobody could read may hold anything that is not newer. */
  const keepMightBeParts = (): void => {
    while (newestOpaque < shadow) {
      const end = shadow;
      const opaque = versions[newestOpaque];
      shadow = newestOpaque;
      while (shadow > 0 && versions[shadow - 1]?.version.createdAt === opaque?.version.createdAt) shadow -= 1;
      const name = opaque === undefined ? "" : nameVersion(opaque);
      const might = { rule: "might-be-part", reason: `Might be part of ${name}, which stays and could not be read.` };
      for (let at = shadow; at < end; at += 1) keep(at, might, nameOf(at));
      keepReached();
    }
  };

  /** An unread manifest below an index that goes may name something as its subject that stays. */
  const keepUndecided = (): boolean => {
    const before = undecided.length;
    for (const { at, manifest } of versions) {
      if (keepings[at] !== undefined) continue;
      for (const { digest, about } of manifest?.artifacts ?? []) {
        const place = places.get(digest);
        const artifact = place === undefined ? undefined : versions[place];
        if (artifact === undefined || artifact.manifest !== undefined || artifact.isMissing) continue;
        if (keepings[artifact.at] !== undefined) continue;
        const subject = about === undefined ? undefined : places.get(about);
        if (about !== undefined && (subject === undefined || keepings[subject] === undefined)) continue;
        undecided.push(digest);
        const reason = "Was not read, and might belong to something that stays.";
        keep(artifact.at, { rule: "undecided", reason }, nameVersion(artifact));
      }
    }
    keepReached();
    return undecided.length > before;
  };

  const nameOf = (at: number): string => {
    const version = versions[at];
    return version === undefined ? "" : nameVersion(version);
  };

  for (const version of versions) {
    for (const rule of retentionRules) {
      const reason = rule.keep(version, view);
      if (reason === undefined) continue;
      keep(version.at, { rule: rule.name, reason }, nameVersion(version));
      break;
    }
  }
  for (const [at, keeping] of limitToPullRequest(view, edges, keepings)) keep(at, keeping, nameOf(at));
  const settle = (): void => {
    keepReached();
    do keepMightBeParts();
    while (keepUndecided());
  };
  settle();
  // C3: the minimum is filled up from what would go, newest first; images first, caches and signatures only where there are too few.
  const reason = `Among the newest of what would go, so that ${view.rules.minimumKept} tagged images stay.`;
  const tagged = versions.filter(({ tags }) => tags.length > 0);
  for (const some of [tagged.filter(isImage), tagged]) {
    let missing = view.rules.minimumKept - some.filter(({ at }) => keepings[at] !== undefined).length;
    for (const version of some) {
      if (missing <= 0) break;
      if (keepings[version.at] !== undefined) continue;
      keep(version.at, { rule: "minimum-kept", reason }, nameVersion(version));
      settle();
      missing = view.rules.minimumKept - some.filter(({ at }) => keepings[at] !== undefined).length;
    }
  }
  return { keepings, undecided };
}

/** Caches and signatures are no images: they must not take an image's place among the minimum kept. */
function isImage({ tags }: ViewedVersion): boolean {
  return tags.some((tag) => tag.as !== "cache" && tag.as !== "referrer");
}

/**
 * Of what has no tag, only what belongs to images of that pull request may go: also the indexes that builds push for one
 * platform each, before one joins their parts. Nothing names them, and they would keep every part.
 */
function limitToPullRequest(
  { versions, rules: { pullRequest } }: PackageView,
  edges: ImageEdges,
  keepings: readonly (Keeping | undefined)[],
): readonly (readonly [number, Keeping])[] {
  if (pullRequest === undefined) return [];
  const mayGo = new Set<number>();
  const pending = versions
    .filter(({ at, tags }) => keepings[at] === undefined && tags.some((tag) => numberOf(tag) === pullRequest))
    .map(({ at }) => at);
  const collect = (): void => {
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (mayGo.has(at)) continue;
      mayGo.add(at);
      for (const child of edges.children[at] ?? []) pending.push(child);
      for (const referrer of edges.referrers[at] ?? []) pending.push(referrer);
    }
  };
  collect();
  const leftOver = versions.filter(
    ({ at, tags, isPart }) => tags.length === 0 && !isPart && edges.children[at]?.every((child) => mayGo.has(child)),
  );
  for (const { at } of leftOver) pending.push(at);
  collect();
  const reason = `Not of pull request ${pullRequest}, whose images alone may go.`;
  return versions
    .filter(({ at }) => !mayGo.has(at))
    .map(({ at }) => [at, { rule: "other-pull-request", reason }] as const);
}

/** What people call a version: its first tag, else the start of its digest. */
export function nameVersion({ version }: ViewedVersion): string {
  return version.tags[0] ?? version.digest.slice(0, 19);
}
