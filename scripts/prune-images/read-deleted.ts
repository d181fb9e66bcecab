import type { PackageVersion } from "@longshore/cleanup";
import { GitHubError } from "../lib/github/error.ts";
import { mapParallel } from "../lib/http/parallel.ts";
import type { PackageJob } from "./package-job.ts";

const together = 8;
/** Of 100 versions each: a month of deletions of a large package. */
const mostPages = 200;

/** What is known of versions that the package lacks. */
export interface Deleted {
  /** Those of the digests that it had in the last 30 days, for which GitHub keeps what was deleted. */
  readonly found: ReadonlySet<string>;
  /** A sentence where it could not be looked at all of them. */
  readonly warning?: string;
}

/**
 * Which of these digests the package has had. A signature whose subject was deleted here may go; one whose subject was
 * never here belongs to another package. What cannot be told counts as never here.
 */
export async function readDeleted({ api }: PackageJob, digests: readonly string[]): Promise<Deleted> {
  const wanted = new Set(digests);
  const found = new Set<string>();
  const cannotTell = (why: string): Deleted => ({
    found,
    warning: `Signatures and SBOMs of images that are not in this package stay, since it cannot be told whether those were deleted here: ${why}. Delete such versions by hand where nobody needs them.`,
  });
  // Most packages have one page of them; only where there is more several are asked for at once.
  for (let next = 1, count = 1; next <= mostPages; next += count, count = together) {
    const numbers = Array.from({ length: count }, (_, index) => next + index);
    let pages: readonly (readonly PackageVersion[])[];
    try {
      pages = await mapParallel(numbers, together, (page) => api.readVersionPage(page, "deleted"));
    } catch (error) {
      const isRefused = error instanceof GitHubError && [403, 404, 422].includes(error.status);
      if (!isRefused) throw error;
      return cannotTell(`GitHub does not list the deleted versions to this token (${error.status})`);
    }
    for (const { digest } of pages.flat()) if (wanted.has(digest)) found.add(digest);
    if (found.size === wanted.size || (pages.at(-1)?.length ?? 0) < api.pageSize) return { found };
  }
  return cannotTell(`more than ${mostPages * api.pageSize} versions were deleted`);
}
