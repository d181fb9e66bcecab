import {
  describeRefusal,
  durationAdvice,
  durationPattern,
  parseTemplate,
  placeholdersOf,
  quote,
} from "@longshore/language";
import { nearestName } from "./nearest-name.ts";
import { type Entry, type Node, type Problem, showNode } from "./node.ts";
import type { CountShape, GroupShape, ListShape, MapShape, Shape, TextShape, WordShape } from "./shape.ts";

/** The entry of a list that stands for the weaker layer's list. */
export const weakerList = "...";

/**
 * One layer held against the table: in its long form where all is well, else without what is wrong, which goes to
 * `problems`. Nothing (undefined) where nothing is written.
 * @param path the key's name for messages, `build.cache`; empty at the top
 */
export function checkNode(shape: Shape, node: Node, path: string, problems: Problem[]): Node | undefined {
  if (node.kind === "null") return undefined;
  const refuse = (advice: string): undefined => {
    problems.push({ at: node.at, sentence: describeRefusal(path || "the description", showNode(node), advice) });
    return undefined;
  };
  switch (shape.kind) {
    case "group":
      return checkGroup(shape, node, path, problems, refuse);
    case "map":
      return checkMap(shape, node, path, problems, refuse);
    case "list":
      return checkList(shape, node, path, problems);
  }
  if (node.kind === "map") return refuse("a text is wanted here, write it in quotes");
  if (node.kind === "list") return refuse("one value is wanted here, not a list");
  const advice = checkScalar(shape, node.text);
  return advice === undefined ? node : refuse(advice);
}

type Refuse = (advice: string) => undefined;

function checkGroup(
  shape: GroupShape,
  node: Node,
  path: string,
  problems: Problem[],
  refuse: Refuse,
): Node | undefined {
  if (node.kind !== "map") {
    const { short } = shape;
    if (short === undefined) return refuse(`write a map of its keys: ${Object.keys(shape.keys).join(", ")}`);
    const inner = shape.keys[short]?.shape;
    const checked = inner && checkNode(inner, node, joinPath(path, short), problems);
    return checked && { kind: "map", at: node.at, entries: [{ name: short, at: node.at, node: checked }] };
  }
  const entries = node.entries.flatMap((entry): readonly Entry[] => {
    const known = Object.hasOwn(shape.keys, entry.name) ? shape.keys[entry.name] : undefined;
    if (known === undefined) {
      problems.push({ at: entry.at, sentence: describeUnknown(joinPath(path, entry.name), entry.name, shape) });
      return [];
    }
    const checked = checkNode(known.shape, entry.node, joinPath(path, entry.name), problems);
    return checked === undefined ? [] : [{ ...entry, node: checked }];
  });
  return { ...node, entries };
}

/** The sentence about a key that no table has, with the nearest one that it has. */
export function describeUnknown(path: string, name: string, shape: GroupShape): string {
  const names = Object.keys(shape.keys);
  const nearest = nearestName(name, names);
  const advice = nearest === undefined ? `use one of ${names.join(", ")}` : `did you mean ${nearest}?`;
  return `${path} is no key: ${advice}${nearest === undefined ? "." : ""}`;
}

function checkMap(shape: MapShape, node: Node, path: string, problems: Problem[], refuse: Refuse): Node | undefined {
  if (node.kind !== "map") return refuse("write a map, NAME: value");
  const entries = node.entries.flatMap((entry): readonly Entry[] => {
    if (!shape.name.pattern.test(entry.name)) {
      problems.push({ at: entry.at, sentence: `${path} has the name ${quote(entry.name)}: use ${shape.name.wanted}.` });
      return [];
    }
    // Here nothing removes what a weaker layer wrote.
    if (entry.node.kind === "null") return [entry];
    const checked = checkNode(shape.item, entry.node, joinPath(path, entry.name), problems);
    return checked === undefined ? [] : [{ ...entry, node: checked }];
  });
  return { ...node, entries };
}

function checkList(shape: ListShape, node: Node, path: string, problems: Problem[]): Node | undefined {
  const written = node.kind === "list" ? node.items : [node];
  const items = written.flatMap((item, index): readonly Node[] => {
    if (item.kind === "text" && item.text === weakerList) return [item];
    const at = node.kind === "list" ? `${path}[${index}]` : path;
    if (item.kind === "null") {
      problems.push({ at: item.at, sentence: describeRefusal(at, null, "write a value or leave the entry out") });
      return [];
    }
    const checked = checkNode(shape.item, item, at, problems);
    return checked === undefined ? [] : [checked];
  });
  return { kind: "list", items, at: node.at };
}

/** What to do instead, a clause, where the text is not of the shape. */
function checkScalar(shape: Exclude<Shape, GroupShape | MapShape | ListShape>, given: string): string | undefined {
  switch (shape.kind) {
    case "text":
      return checkText(shape, given);
    case "word":
      return checkWord(shape, given);
    case "flag":
      return readFlag(given) === undefined ? "use true or false" : undefined;
    case "count":
      return checkCount(shape, given);
    case "duration":
      return durationPattern.test(given) ? undefined : durationAdvice;
  }
}

function checkText({ wanted, pattern, placeholders }: TextShape, given: string): string | undefined {
  // A control character belongs into no name, path or argument but a line break.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(given)) return "leave out the control characters";
  const isTemplate = placeholders !== undefined && /[{}]/.test(given);
  if (!isTemplate) return pattern === undefined || pattern.test(given) ? undefined : `use ${wanted}`;
  const template = parseTemplate(given);
  if (typeof template === "string") return template;
  const unknown = placeholdersOf(template).find((name) => !placeholders.includes(name));
  if (unknown === undefined) return undefined;
  const known = placeholders.map((name) => `{${name}}`).join(", ");
  return `there is no placeholder {${unknown}} here, use ${known}, or {{ for a brace`;
}

function checkWord({ words }: WordShape, given: string): string | undefined {
  return readWord(words, given) === undefined
    ? `use ${words.length > 1 ? "one of " : ""}${words.join(", ")}`
    : undefined;
}

/** Where `off` is a word, `false` means the same. */
export function readWord<Word extends string>(words: readonly Word[], given: string): Word | undefined {
  const meant = readFlag(given) === false ? "off" : given;
  return words.find((each) => each === given) ?? words.find((each) => each === meant);
}

/** YAML 1.2's core schema. */
export function readFlag(given: string): boolean | undefined {
  if (/^(?:true|True|TRUE)$/.test(given)) return true;
  return /^(?:false|False|FALSE)$/.test(given) ? false : undefined;
}

function checkCount({ lowest, highest, word }: CountShape, given: string): string | undefined {
  if (word !== undefined && given === word) return undefined;
  const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
  return value >= lowest && value <= highest
    ? undefined
    : `use a whole number from ${lowest} to ${highest}${word === undefined ? "" : `, or ${word}`}`;
}

export function joinPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
