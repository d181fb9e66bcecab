import type { PackageVersion } from "./package-version.ts";

/** A listing as it was read. */
export interface Listing {
  /** All pages in their order */
  readonly pages: readonly (readonly PackageVersion[])[];
  /** `per_page` of the requests */
  readonly pageSize: number;
  /** The first page, read once more after all others */
  readonly firstAgain: readonly PackageVersion[];
  /** The last page, read once more after all others: a deletion in the middle moves its content up */
  readonly lastAgain: readonly PackageVersion[];
  /** The package's `version_count` after the last page, where known */
  readonly count?: number | undefined;
}

/** The versions of a complete and consistent listing, or why it is not one, a sentence: list again. */
export type ListingCheck =
  | { readonly complete: true; readonly versions: readonly PackageVersion[] }
  | { readonly complete: false; readonly reason: string };

/** Proves that no version was missed or seen in two states while the pages were read. */
export function checkListing(listing: Listing): ListingCheck {
  return { complete: false, reason: `not yet: ${listing.pages.length}` };
}
