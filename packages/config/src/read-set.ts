import { describeRefusal, isRecord } from "@longshore/language";
import { describeUnknown, weakerList } from "./check-node.ts";
import { type Entry, type Node, type Problem, textNode } from "./node.ts";
import type { GroupShape, Shape } from "./shape.ts";

/** One line of `set`: where it goes and what it says. */
interface Edit {
  readonly path: readonly string[];
  readonly shape: Shape;
  readonly appends: boolean;
  /** One text, or of the JSON form a list */
  readonly value: string | readonly string[];
  readonly at: string;
}

/** What `set` says: for the image of this run, and for others by their key. */
export interface SetLayers {
  readonly own: Node;
  readonly images: ReadonlyMap<string, Node>;
}

/**
 * Reads `set`: one `path=value` a line (`path+=value` appends), or one JSON object, path → text or list of texts. The
 * value is the literal rest of the line; it is read by its key's type later.
 */
export function readSet(text: string, shape: GroupShape, problems: Problem[]): SetLayers {
  const edits = text.trimStart().startsWith("{") ? readJsonEdits(text, problems) : readLineEdits(text);
  const found = edits.flatMap((edit) => {
    const place = findPlace(edit, shape, problems);
    return place === undefined ? [] : [place];
  });
  const images = new Map<string, Node>();
  const keys = new Set(found.flatMap(({ image }) => (image === undefined ? [] : [image])));
  const layerOf = (key: string | undefined): Node =>
    buildTree(found.filter(({ image }) => image === key).map(({ edit }) => edit));
  for (const key of keys) images.set(key, layerOf(key));
  return { own: layerOf(undefined), images };
}

interface RawEdit {
  readonly path: string;
  readonly value: string | readonly string[];
  readonly appends: boolean;
  readonly at: string;
}

function readLineEdits(text: string): readonly RawEdit[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly RawEdit[] => {
    const given = line.trim();
    if (given === "") return [];
    const at = `set:${index + 1}`;
    const equals = given.indexOf("=");
    // Without an equals sign it is a path without a value, which the search for its key tells.
    if (equals < 0) return [{ path: given, value: [], appends: false, at }];
    const appends = given[equals - 1] === "+";
    const path = given.slice(0, appends ? equals - 1 : equals).trim();
    return [{ path, value: given.slice(equals + 1), appends, at }];
  });
}

function readJsonEdits(text: string, problems: Problem[]): readonly RawEdit[] {
  const refuse = (advice: string): readonly [] => {
    problems.push({ at: "set", sentence: describeRefusal("set", text, advice) });
    return [];
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("it begins as a JSON object and is none, write one object of path and text");
  }
  if (!isRecord(value)) return refuse("write one object of path and text");
  return Object.entries(value).flatMap(([written, given]): readonly RawEdit[] => {
    const appends = written.endsWith("+");
    const path = appends ? written.slice(0, -1) : written;
    if (given === null) return [];
    const values = Array.isArray(given) ? given : [given];
    if (values.some((each) => typeof each === "object")) {
      problems.push({ at: "set", sentence: describeRefusal(path, given, "write a text or a list of texts") });
      return [];
    }
    return [{ path, value: Array.isArray(given) ? values.map(String) : String(given), appends, at: "set" }];
  });
}

/** Follows the path through the table: below a free map the rest of it is the name, dots included. */
function findPlace(
  { path: written, value, appends, at }: RawEdit,
  top: GroupShape,
  problems: Problem[],
): { readonly image: string | undefined; readonly edit: Edit } | undefined {
  const fail = (sentence: string): undefined => {
    problems.push({ at, sentence });
    return undefined;
  };
  const [, image, ownPath = written] = /^images\.([a-z0-9-]+)\.(.+)$/.exec(written) ?? [];
  const path: string[] = [];
  let shape: Shape = top;
  let rest = ownPath;
  while (shape.kind === "group" && rest !== "") {
    const [name = "", ...others] = rest.split(".");
    if (!Object.hasOwn(shape.keys, name)) return fail(describeUnknown([...path, name].join("."), name, shape));
    const { shape: inner }: { shape: Shape } = shape.keys[name] as GroupShape["keys"][string];
    path.push(name);
    rest = others.join(".");
    shape = inner;
    if (shape.kind === "map" && rest !== "") {
      path.push(rest);
      rest = "";
      shape = shape.item;
    }
  }
  if (rest !== "") return fail(`${ownPath} is no key: ${path.join(".")} has no keys of its own.`);
  if (shape.kind === "map") return fail(`${ownPath} is a map: write ${ownPath}.NAME=value.`);
  if (Array.isArray(value) && value.length === 0 && shape.kind !== "list")
    return fail(`${ownPath} has no value: write ${ownPath}=value.`);
  if (value.length === 0 && !Array.isArray(value) && !isBelowMap(path, top)) return undefined;
  return { image, edit: { path, shape, appends, value, at } };
}

function isBelowMap(path: readonly string[], top: GroupShape): boolean {
  let shape: Shape | undefined = top;
  for (const name of path) {
    if (shape?.kind === "map") return true;
    shape = shape?.kind === "group" ? shape.keys[name]?.shape : undefined;
  }
  return false;
}

function buildTree(edits: readonly Edit[]): Node {
  const leaves = new Map<string, Edit[]>();
  for (const edit of edits) leaves.set(edit.path.join("\0"), [...(leaves.get(edit.path.join("\0")) ?? []), edit]);
  let tree: Node = { kind: "map", entries: [], at: "set" };
  for (const each of leaves.values()) tree = insert(tree, each[0]?.path ?? [], leafOf(each));
  return tree;
}

/** Several lines of one list make the list; of several for one value the last wins. */
function leafOf(edits: readonly Edit[]): Node {
  const last = edits.at(-1) as Edit;
  const texts = ({ value, at }: Edit): readonly Node[] => [value].flat().map((each) => textNode(each as string, at));
  if (last.shape.kind !== "list") return textNode([last.value].flat().at(-1) as string, last.at);
  const replaces = edits.some(({ appends }) => !appends);
  const items = [...edits].sort((left, right) => Number(left.appends) - Number(right.appends)).flatMap(texts);
  return { kind: "list", items: replaces ? items : [textNode(weakerList, last.at), ...items], at: last.at };
}

function insert(tree: Node, [name, ...rest]: readonly string[], leaf: Node): Node {
  if (name === undefined) return leaf;
  const entries = tree.kind === "map" ? tree.entries : [];
  const known = entries.find((entry) => entry.name === name);
  const inner = insert(known?.node ?? { kind: "map", entries: [], at: leaf.at }, rest, leaf);
  const entry: Entry = { name, at: leaf.at, node: inner };
  return { kind: "map", entries: [...entries.filter((each) => each.name !== name), entry], at: tree.at };
}
