import { weakerList } from "./check-node.ts";
import type { Entry, MapNode, Node } from "./node.ts";
import type { Shape } from "./shape.ts";

/**
 * A stronger layer over a weaker one, both in their long form: groups and free maps merge, lists and single values
 * replace. `...` in a list stands for the weaker list; an empty entry of a free map removes the weaker one.
 */
export function mergeNodes(shape: Shape, weaker: Node | undefined, stronger: Node | undefined): Node | undefined {
  if (stronger === undefined) return weaker;
  if (stronger.kind === "list") return spliceList(weaker, stronger.items, stronger.at);
  if (stronger.kind !== "map" || (shape.kind !== "group" && shape.kind !== "map")) return stronger;
  const weakEntries = weaker?.kind === "map" ? weaker.entries : [];
  const names = new Set([...weakEntries, ...stronger.entries].map(({ name }) => name));
  const entries = [...names].flatMap((name): readonly Entry[] => {
    const weak = weakEntries.find((entry) => entry.name === name);
    const strong = stronger.entries.find((entry) => entry.name === name);
    if (strong === undefined) return weak === undefined ? [] : [weak];
    if (strong.node.kind === "null") return [];
    const inner = shape.kind === "map" ? shape.item : shape.keys[name]?.shape;
    const merged = inner && mergeNodes(inner, weak?.node, strong.node);
    return merged === undefined ? [] : [{ ...strong, node: merged }];
  });
  return { kind: "map", entries, at: stronger.at } satisfies MapNode;
}

function spliceList(weaker: Node | undefined, items: readonly Node[], at: string): Node {
  const before = weaker?.kind === "list" ? weaker.items : [];
  const spliced = items.flatMap((item) => (item.kind === "text" && item.text === weakerList ? before : [item]));
  return { kind: "list", items: spliced, at };
}
