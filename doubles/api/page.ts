import { type Answer, json } from "../http-exchange.ts";

const defaultSize = 30;
const largestSize = 100;

export interface Page<T> {
  readonly items: readonly T[];
  /** The `Link` header, where there is more than one page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** GitHub's paging by `page` and `per_page`. */
export function page<T>(all: readonly T[], url: URL, size = defaultSize, largest = largestSize): Page<T> {
  const perPage = Math.min(Math.max(1, whole(url, "per_page", size)), largest);
  const number = Math.max(1, whole(url, "page", 1));
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const items = all.slice((number - 1) * perPage, number * perPage);
  const links = [
    ...(number > 1 ? [link(url, Math.min(number - 1, last), "prev")] : []),
    ...(number < last ? [link(url, number + 1, "next"), link(url, last, "last")] : []),
    ...(number > 1 ? [link(url, 1, "first")] : []),
  ];
  return { items, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

/** A page of a list, each item made into its body. */
export function listAnswer<T>(all: readonly T[], url: URL, body: (item: T) => unknown): Answer {
  const { items, headers } = page(all, url);
  return json(200, items.map(body), headers);
}

function whole(url: URL, name: string, otherwise: number): number {
  const value = Number(url.searchParams.get(name) ?? otherwise);
  return Number.isInteger(value) ? value : otherwise;
}

function link(url: URL, number: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set("page", String(number));
  return `<${target}>; rel="${relation}"`;
}
