import { groupBy } from "@longshore/tagging";
import { compareText } from "./compare-text.ts";
import { isSurelyNoOlder } from "./compare-versions.ts";
import type { Finding } from "./finding.ts";

/** One package in one place: where it is found again, it is the same copy. */
interface Copy {
  /** Empty for a package of the operating system. */
  readonly path: string;
  readonly version: string;
}

/**
 * Tells of each finding whether the baseline has it: the same flaw in the same package on the same platform, in the same copy. Each
 * copy of the baseline makes one copy known:
 *
 * 1. the same place and version;
 * 2. the same place in a newer version, as after an upgrade that does not reach the fix: an older one is a step back, and new;
 * 3. a place that differs by versions and hashes in its path only, as `x-1.0.dist-info` does: where the baseline's copy is gone.
 *
 * So a second copy of what the base image bundles is new, and so is one whose version cannot be compared.
 */
export function findKnown(findings: readonly Finding[], baseline: readonly Finding[]): ReadonlySet<Finding> {
  const before = groupBy(baseline, flawKey);
  return new Set(
    [...groupBy(findings, flawKey)].flatMap(([key, group]) => {
      const known = matchCopies(copiesOf(group), copiesOf(before.get(key) ?? []));
      return group.filter((finding) => known.has(copyKey(copyOf(finding))));
    }),
  );
}

/** One flaw in one package on one platform, whatever its version and place. */
export function flawKey({ id, packageKey, platform }: Finding): string {
  return JSON.stringify([id, packageKey, platform]);
}

function copyOf({ path = "", installed, secret }: Finding): Copy {
  // The line of a secret moves with every line above it.
  return { path, version: secret === true ? "" : installed };
}

function copyKey({ path, version }: Copy): string {
  return JSON.stringify([path, version]);
}

/** Each once, in an order that does not depend on the reports'. */
function copiesOf(findings: readonly Finding[]): readonly Copy[] {
  const copies = new Map(findings.map(copyOf).map((copy) => [copyKey(copy), copy]));
  return [...copies].sort(([one], [other]) => compareText(one, other)).map(([, copy]) => copy);
}

const sameness: readonly ((now: Copy, before: Copy) => boolean)[] = [
  (now, before) => copyKey(now) === copyKey(before),
  (now, before) => now.path === before.path && isNoOlder(now, before),
  (now, before) => shapeOf(now) === shapeOf(before) && isNoOlder(now, before),
];

/** Keys of the copies that are known. A copy of the baseline is taken once: every further copy is one more, so none can hide. */
function matchCopies(now: readonly Copy[], before: readonly Copy[]): ReadonlySet<string> {
  const left = new Set(before);
  const known = new Set<string>();
  for (const isSame of sameness) {
    for (const copy of now) {
      if (known.has(copyKey(copy))) continue;
      const match = [...left].find((candidate) => isSame(copy, candidate));
      if (match === undefined) continue;
      left.delete(match);
      known.add(copyKey(copy));
    }
  }
  return known;
}

function isNoOlder(now: Copy, before: Copy): boolean {
  return isSurelyNoOlder(now.version, before.version, now.path === "");
}

/** The path without its versions, other numbers and long hashes, which change when nothing is added. */
function shapeOf({ path, version }: Copy): string {
  const bare = version === "" ? path : path.replaceAll(version, "*");
  return bare.replace(/[0-9a-z]{32,}/gu, "*").replace(/\d+(?:[.]\d+)*/gu, "*");
}
