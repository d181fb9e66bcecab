/**
 * What a person wrote, before its meaning is known: text as it is spelled, lists, maps, each with its place.
 * YAML, JSON and the lines of `set` all become this.
 */
export type Node = TextNode | ListNode | MapNode | NullNode;

interface Placed {
  /** Where it stands, as errors show it: `.github/longshore.yml:12:5` */
  readonly at: string;
}

export interface TextNode extends Placed {
  readonly kind: "text";
  readonly text: string;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface MapNode extends Placed {
  readonly kind: "map";
  readonly entries: readonly Entry[];
}

/** Written and empty: `key:`, `key: null`, `key: ~`. */
export interface NullNode extends Placed {
  readonly kind: "null";
}

export interface Entry extends Placed {
  readonly name: string;
  readonly node: Node;
}

/** Something that is wrong, and where: `at: key is value: advice.` */
export interface Problem {
  readonly at: string;
  readonly sentence: string;
}

export const textNode = (text: string, at: string): TextNode => ({ kind: "text", text, at });

/** The node of a plain JSON value: defaults, the JSON form of `set`, the plan. Undefined properties do not count. */
export function nodeOf(value: unknown, at: string): Node {
  if (value === null || value === undefined) return { kind: "null", at };
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => nodeOf(item, at)), at };
  if (typeof value !== "object") return textNode(String(value), at);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return { kind: "map", entries: entries.map(([name, each]) => ({ name, at, node: nodeOf(each, at) })), at };
}

/** A node as a person would write it in one line, for messages. */
export function showNode(node: Node): unknown {
  switch (node.kind) {
    case "text":
      return node.text;
    case "null":
      return null;
    case "list":
      return node.items.map(showNode);
    case "map":
      return Object.fromEntries(node.entries.map(({ name, node: each }) => [name, showNode(each)]));
  }
}
