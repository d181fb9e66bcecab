import { readFixedTag } from "./fixed-tags.ts";
import { cutSlug, slugifyName } from "./slug.ts";

/** The longest slug: 128 characters of an OCI tag less a dash and the seven digits of the commit; 121 would make 129. */
const maxSlug = 120;

/** The default branch's slug: one that would read as another class of tags, alone or with a sha, is changed. */
export function defaultBranchSlug(defaultBranch: string, suffix: string): string {
  return freeSlug(defaultBranch, "branch", suffix, (slug) => {
    const readsAsCommit = /-[0-9a-f]{7}$/.test(slug);
    return !readsAsCommit && readFixedTag(slug) === undefined && isFreeWithSha(slug);
  });
}

/** A feature branch's slug: one that belongs to another class of tags gets the prefix `branch-`. */
export function featureSlug(branch: string, defaultBranch: string, suffix: string): string {
  return freeSlug(branch, "branch", suffix, (slug) => isFeatureSlug(slug, defaultBranch, suffix));
}

/** Whether `{slug}-{sha7}` can only be a feature branch's. */
export function isFeatureSlug(slug: string, defaultBranch: string, suffix: string): boolean {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug.length > maxSlug - suffix.length) return false;
  return isFreeWithSha(slug) && slug !== defaultBranchSlug(defaultBranch, suffix);
}

/**
 * The slug of a name, changed until `isFree`: first with `word-` before it, then with `-word` behind it, then shorter.
 * Terminates because a single `word` with a letter behind it is free in every class.
 */
export function freeSlug(name: string, word: string, suffix: string, isFree: (slug: string) => boolean): string {
  const max = maxSlug - suffix.length;
  const slug = slugifyName(name, max) || word;
  if (isFree(slug)) return slug;
  for (let length = max; length > 0; length -= 1) {
    const before = cutSlug(`${word}-${slug}`, length);
    if (isFree(before)) return before;
    const behind = `${cutSlug(slug, length - word.length - 1)}-${word}`;
    if (isFree(behind)) return behind;
  }
  return word;
}

function isFreeWithSha(slug: string): boolean {
  // `latest-abc1234` would read as a feature branch's tag, but hardly to a person.
  const isReserved = slug === "latest" || /^cache(?:-|$)/.test(slug) || /^(?:pr|mq)-\d+$/.test(slug);
  return !isReserved && readFixedTag(`${slug}-0000000`) === undefined;
}
