import type { PackageVersion } from "@longshore/cleanup";
import type { PackageApi } from "../lib/github/packages-api.ts";
import { mapParallel } from "../lib/http/parallel.ts";

const together = 16;
const mostNewPages = 20;

/** How things are now, before a batch. */
export interface SecondLook {
  /** New and re-tagged versions as far as the first pages show them, and every version of the batch that is still there. */
  readonly fresh: readonly PackageVersion[];
  /** Ids of the batch that are not there any more. */
  readonly gone: ReadonlySet<number>;
}

/**
 * Looks again at the newest versions, and at each of the batch: a tag that was moved to one of them is seen wherever in
 * the list it stands. Whole pages are read where a batch lies close together, else single versions: about three calls
 * for fifty deletions.
 * @param listed versions that should be there, in the order of the list
 */
export async function lookAgain(
  api: PackageApi,
  listed: readonly PackageVersion[],
  batch: readonly PackageVersion[],
): Promise<SecondLook> {
  const { pageSize } = api;
  const known = new Map(listed.map((version) => [version.id, version.updatedAt]));
  const seen = new Map<number, PackageVersion>();
  const take = (page: readonly PackageVersion[]) => {
    for (const version of page) seen.set(version.id, version);
  };
  let pages = 0;
  for (let more = true; more && pages < mostNewPages; ) {
    pages += 1;
    const page = await api.readVersionPage(pages);
    take(page);
    const last = page.at(-1);
    // What is new stands first, by creation or by change; so behind a known one nothing is new.
    more = page.length === pageSize && last !== undefined && known.get(last.id) !== last.updatedAt;
  }
  const added = [...seen.keys()].filter((id) => !known.has(id)).length;
  const place = new Map(listed.map(({ id }, index) => [id, index]));
  const unseen = batch.filter(({ id }) => !seen.has(id));
  const numbers = new Set(unseen.map(({ id }) => Math.floor(((place.get(id) ?? 0) + added) / pageSize) + 1));
  if (numbers.size * 2 <= unseen.length) {
    const found = await mapParallel([...numbers], together, (number) => api.readVersionPage(number));
    for (const page of found) take(page);
  }
  const single = unseen.filter(({ id }) => !seen.has(id));
  const answers = await mapParallel(single, together, ({ id }) => api.readVersion(id));
  take(answers.filter((version) => version !== undefined));
  const gone = single.filter((_, index) => answers[index] === undefined).map(({ id }) => id);
  return { fresh: [...seen.values()], gone: new Set(gone) };
}
