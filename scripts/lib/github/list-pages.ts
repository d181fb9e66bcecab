import { findLink } from "../http/link-header.ts";
import { mapParallel } from "../http/parallel.ts";
import { GitHubError } from "./error.ts";
import type { GitHubRest } from "./rest.ts";

/** All pages of a list, and what proves that nothing moved between them while they were read. */
export interface PageReading {
  /** In their order. */
  readonly pages: readonly (readonly unknown[])[];
  /** The first and the last page, read once more after all others. Of a single page that page. */
  readonly firstAgain: readonly unknown[];
  readonly lastAgain: readonly unknown[];
}

/** The most that GitHub gives at once. */
export const largestPage = 100;
const together = 16;
/** A million items; the largest package seen has a tenth of it. */
const mostPages = 10_000;

/**
 * Reads a list: the first page, which tells how many there are, **the last one**, then the others in parallel, at last both
 * ends again. So whatever is deleted while the middle is read moves the last page's content, and whatever is added the first's.
 */
export async function readPages(
  rest: GitHubRest,
  path: string,
  pageSize: number = largestPage,
  onPage: (items: number) => void = () => {},
): Promise<PageReading> {
  const read = async (number: number): Promise<{ readonly items: readonly unknown[]; readonly link: string }> => {
    const separator = path.includes("?") ? "&" : "?";
    const { status, data, link } = await rest.ask("GET", `${path}${separator}per_page=${pageSize}&page=${number}`);
    if (status !== 200 || !Array.isArray(data)) throw new ListRefused(path, status);
    return { items: data as readonly unknown[], link };
  };
  const keep = async (number: number) => {
    const page = await read(number);
    onPage(page.items.length);
    return page;
  };
  const first = await keep(1);
  const count = lastPageOf(first.link) ?? (await countPages(read, first.link));
  if (count > mostPages) {
    throw new GitHubError(`GitHub's API lists more than ${mostPages} pages at ${path}: that is not read.`, 200);
  }
  if (count === 1) return { pages: [first.items], firstAgain: first.items, lastAgain: first.items };
  const last = await keep(count);
  const between = Array.from({ length: count - 2 }, (_, index) => index + 2);
  const middle = await mapParallel(between, together, async (number) => (await keep(number)).items);
  const [firstAgain, lastAgain] = await Promise.all([read(1), read(count)]);
  return {
    pages: [first.items, ...middle, last.items],
    firstAgain: firstAgain.items,
    // A page that came into being behind the last one counts as a change of it.
    lastAgain: hasNext(lastAgain.link) ? [] : lastAgain.items,
  };
}

/** GitHub gave no list: 404 where there is none or the token may not see it. */
export class ListRefused extends GitHubError {
  constructor(path: string, status: number) {
    super(`GitHub's API gave no list at ${path} (${status}).`, status);
  }
}

function lastPageOf(link: string): number | undefined {
  if (!hasNext(link)) return 1;
  const last = findLink(link, "last") ?? "";
  const page = URL.canParse(last) ? new URL(last).searchParams.get("page") : null;
  return page !== null && /^\d+$/u.test(page) ? Number(page) : undefined;
}

function hasNext(link: string): boolean {
  return findLink(link, "next") !== undefined;
}

/** Where GitHub names only the next page, the last is found by walking there. */
async function countPages(
  read: (number: number) => Promise<{ readonly link: string }>,
  firstLink: string,
): Promise<number> {
  let number = 1;
  for (let link = firstLink; hasNext(link) && number <= mostPages; number += 1) ({ link } = await read(number + 1));
  return number;
}

/**
 * A list of things with a key, read until it is consistent.
 * Throws GitHubError where it keeps changing, and ListRefused where there is none.
 */
export async function listAll<Item>(
  rest: GitHubRest,
  path: string,
  parse: (value: unknown) => Item,
  keyOf: (item: Item) => string,
): Promise<readonly Item[]> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const { pages, firstAgain, lastAgain } = await readPages(rest, path);
    const keys = (items: readonly unknown[] | undefined) => (items ?? []).map((item) => keyOf(parse(item))).join("\n");
    if (keys(pages[0]) === keys(firstAgain) && keys(pages.at(-1)) === keys(lastAgain)) return pages.flat().map(parse);
  }
  throw new GitHubError(`The list at ${path} changes faster than it can be read: run the job again later.`, 200);
}
