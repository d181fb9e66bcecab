import { parseDuration } from "@longshore/language";
import { readFlag, readWord } from "./check-node.ts";
import type { Node } from "./node.ts";
import type { GroupShape, Shape, ValueOf } from "./shape.ts";

/** The typed value of a node that checkNode has passed and the layers have made whole. Names become camelCase. */
export function readValue<Given extends Shape>(shape: Given, node: Node): ValueOf<Given> {
  return valueAt(shape, node) as ValueOf<Given>;
}

function valueAt(shape: Shape, node: Node): unknown {
  switch (shape.kind) {
    case "group":
      return groupOf(shape, node);
    case "map":
      return Object.fromEntries(entriesOf(node).map(({ name, node: each }) => [name, valueAt(shape.item, each)]));
    case "list":
      return (node.kind === "list" ? node.items : []).map((item) => valueAt(shape.item, item));
  }
  const given = node.kind === "text" ? node.text : "";
  switch (shape.kind) {
    case "text":
      return given;
    case "word":
      return readWord(shape.words, given);
    case "flag":
      return readFlag(given);
    case "count":
      return given === shape.word ? given : Number(given);
    case "duration":
      return parseDuration(given);
  }
}

function groupOf({ keys }: GroupShape, node: Node): unknown {
  const entries = entriesOf(node).flatMap(({ name, node: each }) => {
    const known = keys[name];
    return known === undefined ? [] : [[camelCase(name), valueAt(known.shape, each)] as const];
  });
  return Object.fromEntries(entries);
}

function entriesOf(node: Node): Extract<Node, { kind: "map" }>["entries"] {
  return node.kind === "map" ? node.entries : [];
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
