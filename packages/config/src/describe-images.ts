import {
  describeRefusal,
  fillTemplate,
  InputError,
  normaliseImage,
  parseTemplate,
  placeholdersOf,
  quote,
} from "@longshore/language";
import { checkNode } from "./check-node.ts";
import { type Description, imageKeyName, imageShape } from "./keys/index.ts";
import { staticPlaceholders } from "./keys/texts.ts";
import { mergeNodes } from "./merge-nodes.ts";
import { type Entry, type Node, nodeOf, type Problem, showNode } from "./node.ts";
import { readSet } from "./read-set.ts";
import { readValue } from "./read-value.ts";
import type { Shape } from "./shape.ts";

/** What says how a repository's images are, weakest first: house rules, the file, what only this run knows. */
export interface Layers {
  /** Documents of the input `defaults`, the later wins */
  readonly defaults: readonly Node[];
  /** The one document of the file, where there is one */
  readonly file: Node | undefined;
  /** The input `set`, as it is written */
  readonly set: string;
}

/** Facts that placeholders stand for in names and paths. */
export interface Surroundings {
  /** Of `owner/repository` */
  readonly owner: string;
  readonly repo: string;
}

/** One image of a repository. */
export interface DescribedImage {
  /** Empty where the file has no `images`: then there is one */
  readonly key: string;
  readonly description: Description;
  /** The same as a person would write it whole, plain JSON: what a plan carries and readDescription reads */
  readonly written: unknown;
}

/**
 * All images that the layers describe, in the order of the file, whole and checked. `key` names the image that `set`
 * without `images.<key>.` is about; empty: all of them.
 * @throws InputError with all that is wrong, a sentence a line
 */
export function describeImages(
  layers: Layers,
  { owner, repo }: Surroundings,
  key: string,
): readonly [DescribedImage, ...DescribedImage[]] {
  const problems: Problem[] = [];
  const house = layers.defaults.map((document) => splitImages(document, problems));
  for (const { images } of house) {
    if (images !== undefined)
      problems.push({ at: images.at, sentence: "images stands in defaults: write it in the repository's own file." });
  }
  const { top, images } = splitImages(layers.file, problems);
  const parts = readImages(images, problems);
  const set = readSet(layers.set, imageShape, problems);
  for (const [name, node] of set.images) {
    if (!parts.some((each) => each.key === name)) {
      problems.push({ at: node.at, sentence: describeRefusal("set", `images.${name}`, knownKeys(parts)) });
    }
  }
  const check = (node: Node | undefined): Node | undefined => node && checkNode(imageShape, node, "", problems);
  const shared = [standard(images !== undefined), ...house.map((layer) => check(layer.top)), check(top)];
  const own = check(set.own);
  const described = parts.map(({ key: name, node }) => {
    const values = { owner, repo, key: name };
    const inner = node && checkNode(imageShape, node, `images.${name}`, problems);
    const setInner = set.images.get(name);
    const stronger = [inner, key === "" || key === name ? own : undefined, check(setInner)];
    const merged = [...shared, ...stronger].reduce<Node | undefined>(
      (weak, strong) => mergeNodes(imageShape, weak, strong),
      undefined,
    );
    const filled = fill(imageShape, merged as Node, "", values, problems);
    return { key: name, node: filled };
  });
  // Nothing is read of what is wrong.
  refuseAll(problems);
  const whole = described.map(({ key: name, node }): DescribedImage => {
    const description = normalise(readValue(imageShape, node), node, problems);
    const written = { ...(showNode(node) as Readonly<Record<string, unknown>>), image: description.image };
    return { key: name, description, written };
  });
  checkTogether(whole, problems);
  refuseAll(problems);
  return whole as unknown as readonly [DescribedImage, ...DescribedImage[]];
}

/** The one that a run is about. @throws InputError that lists the keys */
export function chooseImage(images: readonly [DescribedImage, ...DescribedImage[]], key: string): DescribedImage {
  const found = images.find((image) => image.key === key);
  if (found !== undefined) return found;
  throw new InputError(describeRefusal("key", key, knownKeys(images)));
}

function knownKeys(images: readonly { readonly key: string }[]): string {
  const keys = images.map(({ key }) => key).filter((key) => key !== "");
  return keys.length === 0 ? "leave it out, there is one image only" : `use one of ${keys.join(", ")}`;
}

function refuseAll(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = [...new Set(problems.map(({ at, sentence }) => `${at}: ${sentence}`))];
  const shown = lines.slice(0, 50);
  const rest = lines.length - shown.length;
  throw new InputError([...shown, ...(rest > 0 ? [`… and ${rest} more.`] : [])].join("\n"));
}

function standard(several: boolean): Node {
  const defaults = Object.entries(imageShape.keys).map(([name, each]) => [name, each.default] as const);
  const image = several ? "ghcr.io/{owner}/{repo}/{key}" : "ghcr.io/{owner}/{repo}";
  return nodeOf({ ...Object.fromEntries(defaults), image: [image] }, "default");
}

function splitImages(
  node: Node | undefined,
  problems: Problem[],
): { readonly top: Node | undefined; readonly images: Entry | undefined } {
  if (node === undefined) return { top: undefined, images: undefined };
  if (node.kind !== "map") {
    problems.push({ at: node.at, sentence: "the description is no map: write its keys, `image: …`." });
    return { top: undefined, images: undefined };
  }
  const images = node.entries.find(({ name, node: each }) => name === "images" && each.kind !== "null");
  return { top: { ...node, entries: node.entries.filter(({ name }) => name !== "images") }, images };
}

/** `images`: a list of keys, or a map of key → keys of the image. */
function readImages(
  entry: Entry | undefined,
  problems: Problem[],
): readonly { readonly key: string; readonly node: Node | undefined }[] {
  if (entry === undefined) return [{ key: "", node: undefined }];
  const { node } = entry;
  const named =
    node.kind === "map"
      ? node.entries.map(({ name, at, node: each }) => ({
          key: name,
          at,
          node: each.kind === "null" ? undefined : each,
        }))
      : (node.kind === "list" ? node.items : []).map((item) => ({
          key: item.kind === "text" ? item.text : "",
          at: item.at,
          node: undefined,
        }));
  if (named.length === 0) {
    problems.push({
      at: entry.at,
      sentence: "images has no entry: write a list of keys, or a map of key to its own keys.",
    });
  }
  const seen = new Set<string>();
  return named.map(({ key, at, node: each }) => {
    if (!imageKeyName.pattern.test(key))
      problems.push({ at, sentence: describeRefusal("images", key, `use ${imageKeyName.wanted}`) });
    if (seen.has(key)) problems.push({ at, sentence: `images names ${quote(key)} twice: keep one of them.` });
    seen.add(key);
    return { key, node: each };
  });
}

/** Puts the owner, the repository and the key where names and paths ask for them, and checks what comes of it. */
function fill(
  shape: Shape,
  node: Node,
  path: string,
  values: Readonly<Record<string, string>>,
  problems: Problem[],
): Node {
  if (node.kind === "list" && shape.kind === "list") {
    return {
      ...node,
      items: node.items.map((item, index) => fill(shape.item, item, `${path}[${index}]`, values, problems)),
    };
  }
  if (node.kind === "map" && (shape.kind === "group" || shape.kind === "map")) {
    const entries = node.entries.map((entry) => {
      const inner = shape.kind === "map" ? shape.item : shape.keys[entry.name]?.shape;
      const below = path === "" ? entry.name : `${path}.${entry.name}`;
      return inner === undefined ? entry : { ...entry, node: fill(inner, entry.node, below, values, problems) };
    });
    return { ...node, entries };
  }
  if (node.kind !== "text" || shape.kind !== "text" || shape.placeholders === undefined) return node;
  const template = parseTemplate(node.text);
  // What the event knows is filled in by the plan.
  if (typeof template === "string" || shape.placeholders.length > staticPlaceholders.length) return node;
  const text = fillTemplate(template, values);
  if (text === undefined) {
    const missing = placeholdersOf(template).find((name) => (values[name] ?? "") === "") ?? "";
    problems.push({
      at: node.at,
      sentence: describeRefusal(path, node.text, `there is no {${missing}} without images, leave it out`),
    });
    return node;
  }
  if (shape.pattern !== undefined && !shape.pattern.test(text)) {
    problems.push({ at: node.at, sentence: describeRefusal(path, text, `use ${shape.wanted}`) });
  }
  return { ...node, text };
}

/** Repositories in their one spelling, without duplicates. */
function normalise(description: Description, node: Node, problems: Problem[]): Description {
  const written = node.kind === "map" ? node.entries.find(({ name }) => name === "image")?.node : undefined;
  const names = description.image.map((name, index) => {
    try {
      return normaliseImage(name);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const at = written?.kind === "list" ? (written.items[index]?.at ?? written.at) : node.at;
      problems.push({ at, sentence: error.message });
      return name;
    }
  });
  if (names.length === 0) {
    problems.push({
      at: written?.at ?? node.at,
      sentence: "image names no repository: give one such as ghcr.io/acme/app.",
    });
  }
  return { ...description, image: [...new Set(names)] };
}

/** Images under one name are told apart by their suffix, and one package has one retention. */
function checkTogether(images: readonly DescribedImage[], problems: Problem[]): void {
  const seen = new Map<string, DescribedImage[]>();
  for (const image of images) {
    for (const name of image.description.image) {
      for (const other of seen.get(name) ?? []) {
        if ((other.description.tags.suffix ?? "") === (image.description.tags.suffix ?? "")) {
          problems.push({
            at: `images.${image.key}`,
            sentence: `${name} is the image of ${other.key}, too: give each its own image or tags.suffix.`,
          });
        }
        if (JSON.stringify(other.description.retention) !== JSON.stringify(image.description.retention)) {
          problems.push({
            at: `images.${image.key}`,
            sentence: `retention differs from that of ${other.key}, which has the same image ${name}: write it once at the top.`,
          });
        }
      }
      seen.set(name, [...(seen.get(name) ?? []), image]);
    }
  }
}
