import { checkListing, type PackageVersion } from "@longshore/cleanup";
import { GitHubError } from "../lib/github/error.ts";
import { parseVersion } from "../lib/github/packages-api.ts";
import { showText } from "../lib/step/escape.ts";
import type { PackageJob } from "./package-job.ts";

const attempts = 6;
const pause = 2000;

/** A listing that is proved complete, in GitHub's order, and how often it was read. Throws GitHubError where it never holds still. */
export async function listVersions(
  job: PackageJob,
): Promise<{ readonly versions: readonly PackageVersion[]; readonly readings: number }> {
  let reason = "";
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) {
      job.print(`The listing of ${job.api.name} changed while it was read (${reason}): listing again.`);
      await job.timing.sleep(pause);
    }
    let listed = 0;
    const reading = await job.api.listVersionPages("active", (items) => {
      listed += items;
      job.progress.tell(() => `Listed ${listed} versions of ${job.api.name}.`);
    });
    const pages = reading.pages.map((page) => page.map(parseVersion));
    const check = checkListing({
      pages,
      pageSize: job.api.pageSize,
      firstAgain: reading.firstAgain.map(parseVersion),
      lastAgain: reading.lastAgain.map(parseVersion),
    });
    const moved = check.complete ? findMovedTag(check.versions) : undefined;
    if (check.complete && moved === undefined) {
      const place = new Map(pages.flat().map(({ id }, index) => [id, index]));
      const versions = [...check.versions].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
      return { versions, readings: attempt };
    }
    reason = check.complete ? `the tag ${moved} moved` : check.reason;
  }
  throw new GitHubError(
    `The versions of ${job.api.name} change faster than they can be listed (${reason}): nothing is removed; run the job again at a quieter time.`,
    200,
  );
}

/** A tag that is on two versions: it moved while the list was read. */
function findMovedTag(versions: readonly PackageVersion[]): string | undefined {
  const seen = new Set<string>();
  for (const tag of versions.flatMap(({ tags }) => tags)) {
    if (seen.has(tag)) return showText(tag);
    seen.add(tag);
  }
  return undefined;
}
