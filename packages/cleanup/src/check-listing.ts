import type { PackageVersion } from "./package-version.ts";

/** A listing as it was read. */
export interface Listing {
  /** All pages in their order */
  readonly pages: readonly (readonly PackageVersion[])[];
  /** `per_page` of the requests */
  readonly pageSize: number;
  /** The first page, read once more after all others: a push moves everything down */
  readonly firstAgain: readonly PackageVersion[];
  /** The last page, read once more after all others: a deletion anywhere moves its content up */
  readonly lastAgain: readonly PackageVersion[];
  /** The package's `version_count` after the last page, where known */
  readonly count?: number | undefined;
}

/** The versions of a complete and consistent listing, or why it is not one, a sentence: list again. */
export type ListingCheck =
  | { readonly complete: true; readonly versions: readonly PackageVersion[] }
  | { readonly complete: false; readonly reason: string };

/** Proves that no version was missed or seen twice while the pages were read. */
export function checkListing({ pages, pageSize, firstAgain, lastAgain, count }: Listing): ListingCheck {
  const versions = pages.flat();
  const reason =
    findShortPage(pages, pageSize) ??
    findTwin(versions) ??
    (isSamePage(pages[0] ?? [], firstAgain) ? undefined : "The first page changed while the others were read.") ??
    (isSamePage(pages.at(-1) ?? [], lastAgain) ? undefined : "The last page changed while the others were read.") ??
    (count === undefined || count === versions.length
      ? undefined
      : `The listing holds ${versions.length} versions, the package says it has ${count}.`);
  return reason === undefined ? { complete: true, versions } : { complete: false, reason };
}

function findShortPage(pages: Listing["pages"], pageSize: number): string | undefined {
  const index = pages.findIndex(
    (page, at) => page.length > pageSize || (at < pages.length - 1 && page.length < pageSize),
  );
  if (index < 0) return pages.length === 0 ? "The listing has no page." : undefined;
  return `Page ${index + 1} of ${pages.length} holds ${pages[index]?.length} versions, not ${pageSize}.`;
}

function findTwin(versions: readonly PackageVersion[]): string | undefined {
  const seen = new Set<number | string>();
  for (const { id, digest } of versions) {
    if (seen.has(id) || seen.has(digest)) return `Version ${id} (${digest}) is listed twice.`;
    seen.add(id).add(digest);
  }
  return undefined;
}

function isSamePage(left: readonly PackageVersion[], right: readonly PackageVersion[]): boolean {
  return left.length === right.length && left.every((version, at) => isSameVersion(version, right[at]));
}

/** Whether a version is as it was: neither re-tagged nor touched. */
export function isSameVersion(left: PackageVersion, right: PackageVersion | undefined): boolean {
  return (
    left.id === right?.id &&
    left.digest === right.digest &&
    left.updatedAt === right.updatedAt &&
    left.tags.length === right.tags.length &&
    left.tags.every((tag) => right.tags.includes(tag))
  );
}
