import type { Edges, ImageEdges } from "./image-edges.ts";

/**
 * The places that go, in an order that may stop anywhere: an index goes before its parts, so that nothing ever resolves to
 * something incomplete; a subject goes before its signatures, so that what is still there is still signed, and a signature
 * without subject harms nobody and goes with the next prune. One image after the other, the oldest first.
 *
 * A child is named by its parent's content and a subject by its referrer's, so each kind of edge alone has no circle. Both
 * together might (an index about one of its own parts): there the parts count.
 */
export function orderRemoval(places: readonly number[], edges: ImageEdges): readonly number[] {
  const going = new Set(places);
  const parents = countIncoming(places, going, edges.children);
  const subjects = countIncoming(places, going, edges.statements);
  const oldestFirst = [...places].sort((left, right) => right - left);
  const ordered: number[] = [];
  const done = new Set<number>();
  const ready: number[] = [];
  /** Held back by their subjects only */
  const waiting: number[] = [];

  const offer = (at: number): void => {
    if (done.has(at) || (parents.get(at) ?? 0) > 0) return;
    if ((subjects.get(at) ?? 0) > 0) waiting.push(at);
    else ready.push(at);
  };
  const take = (at: number): void => {
    if (done.has(at)) return;
    done.add(at);
    ordered.push(at);
    for (const referrer of edges.statements[at] ?? []) release(referrer, subjects);
    for (const child of edges.children[at] ?? []) release(child, parents);
  };
  const release = (at: number, counts: Map<number, number>): void => {
    const count = counts.get(at);
    if (count === undefined) return;
    counts.set(at, count - 1);
    if (count === 1) offer(at);
  };

  for (const at of oldestFirst) {
    if (parents.has(at) || subjects.has(at)) continue;
    ready.push(at);
    takeAll(ready, take);
  }
  for (const at of oldestFirst) if (subjects.has(at)) offer(at);
  takeAll(ready, take);
  while (waiting.length > 0) {
    take(waiting.pop() ?? -1);
    takeAll(ready, take);
  }
  // Content that names itself cannot exist, but a graph may be made by hand.
  for (const at of oldestFirst) take(at);
  return ordered;
}

function takeAll(stack: number[], take: (at: number) => void): void {
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) take(at);
}

function countIncoming(places: readonly number[], going: ReadonlySet<number>, edges: Edges): Map<number, number> {
  const counts = new Map<number, number>();
  for (const place of places) {
    for (const at of edges[place] ?? []) if (going.has(at)) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
}
