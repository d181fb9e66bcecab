import { findLink } from "../http/link-header.ts";

export interface TagPage {
  readonly names: readonly string[];
  /** Its Link header. */
  readonly link: string;
}

/** Tags asked for at once, and the most that is read: a registry whose pages never end must not hold us. */
const tagsPerPage = 1000;
const mostPages = 200;
const mostCharacters = 16 * 1024 * 1024;
/** Milliseconds that a registry may take to answer for all pages; pauses between attempts are not its answers. */
const longest = 60_000;

/**
 * All pages of a list of tags (distribution-spec, listing tags); undefined where there is no such list. `read` is given a path
 * below the repository and gives the page and how long its answer took. A list without end gives `endless`.
 */
export async function readTagPages(
  base: string,
  read: (path: string) => Promise<{ readonly page: TagPage; readonly took: number } | undefined>,
): Promise<readonly string[] | undefined | "endless"> {
  const names: string[] = [];
  const asked = new Set<string>();
  let characters = 0;
  let took = 0;
  for (let path = `/tags/list?n=${tagsPerPage}`; path !== ""; ) {
    if (asked.has(path) || asked.size === mostPages || characters > mostCharacters || took > longest) return "endless";
    asked.add(path);
    const answer = await read(path);
    if (answer === undefined) return undefined;
    took += answer.took;
    for (const name of answer.page.names) {
      characters += name.length;
      names.push(name);
    }
    path = nextPath(base, answer.page.link);
  }
  return names;
}

/** The link is relative to the registry; only its own list is followed. */
function nextPath(base: string, link: string): string {
  const target = findLink(link, "next");
  const list = `${base}/tags/list`;
  if (target === undefined || !URL.canParse(target, list)) return "";
  const { href } = new URL(target, list);
  return href.startsWith(`${list}?`) ? href.slice(base.length) : "";
}
