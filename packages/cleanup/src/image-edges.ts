import { subjectsOf, type ViewedVersion } from "./package-view.ts";

/** By place: the places it leads to, if any; one may be named twice. */
export type Edges = readonly (readonly number[] | undefined)[];

/** Who keeps whom: places of versions, as in the view. */
export interface ImageEdges {
  /** What an index holds, as far as it is in the package */
  readonly children: Edges;
  /** What is about a version: by `subject`, by fallback tag, by cosign's tags */
  readonly referrers: Edges;
  /** The same, and what an index only says to be about a version: not enough to keep it, but it goes after its subject */
  readonly statements: Edges;
}

export function readEdges(versions: readonly ViewedVersion[]): ImageEdges {
  const places = new Map(versions.map(({ version, at }) => [version.digest, at]));
  const children: number[][] = [];
  const referrers: number[][] = [];
  const statements: number[][] = [];
  const add = (edges: number[][], from: string | number, to: string | number): void => {
    const source = typeof from === "number" ? from : places.get(from);
    const target = typeof to === "number" ? to : places.get(to);
    if (source === undefined || target === undefined || source === target) return;
    const known = edges[source];
    if (known === undefined) edges[source] = [target];
    else known.push(target);
  };
  for (const { at, manifest, tags } of versions) {
    for (const child of manifest?.children ?? []) add(children, at, child);
    for (const { digest, about } of manifest?.artifacts ?? []) if (about !== undefined) add(statements, about, digest);
    for (const subject of subjectsOf(manifest, tags)) {
      add(referrers, subject, at);
      add(statements, subject, at);
    }
  }
  return { children, referrers, statements };
}
