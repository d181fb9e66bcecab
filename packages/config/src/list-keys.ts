import { imageKeyName, imageShape } from "./keys/index.ts";
import type { Key, Shape, Workflow } from "./shape.ts";

/** One row of the documentation: a key that takes a value. */
export interface ListedKey {
  /** `build.cache.in` */
  readonly path: string;
  /** What may stand there, in words: `auto`, `max`, … or `a path inside the repository` */
  readonly takes: string;
  /** As it would be written; empty where there is none */
  readonly standard: string;
  readonly means: string;
  readonly readBy: readonly Workflow[];
}

/** Every key of the table, in its order; a group is told by its keys, with its short form at the one it stands for. */
export function listKeys(): readonly ListedKey[] {
  return [
    ...rowsOf(imageShape.keys, ""),
    {
      path: "images",
      takes: `list of keys, or map of key to these same keys; a key is ${imageKeyName.wanted.replace(/^a key of /, "")}`,
      standard: "",
      means: "Several images of one repository. The top level is then no image; what stands there holds for each.",
      readBy: [],
    },
  ];
}

function rowsOf(keys: Readonly<Record<string, Key>>, above: string): readonly ListedKey[] {
  return Object.entries(keys).flatMap(([name, { shape, default: standard, means, readBy }]) => {
    const path = above === "" ? name : `${above}.${name}`;
    if (shape.kind !== "group")
      return [{ path, takes: describeShape(shape), standard: showDefault(standard), means, readBy }];
    const { short } = shape;
    return rowsOf(shape.keys, path).map((row) =>
      row.path === `${path}.${short}` ? { ...row, path: `${path}, ${row.path}` } : row,
    );
  });
}

function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.wanted;
    case "word":
      return shape.words.map((word) => `\`${word}\``).join(" ");
    case "flag":
      return "`true` `false`";
    case "count":
      return `whole number, ${shape.lowest} to ${shape.highest}${shape.word === undefined ? "" : `, or \`${shape.word}\``}`;
    case "duration":
      return "duration";
    case "list":
      return `one or a list: ${describeShape(shape.item)}`;
    case "map":
      return `map; a name is ${shape.name.wanted}; a value is ${describeShape(shape.item)}`;
    case "group":
      return "map";
  }
}

function showDefault(standard: unknown): string {
  if (standard === undefined) return "";
  return Array.isArray(standard) ? `[${standard.join(", ")}]` : typeof standard === "object" ? "{}" : String(standard);
}
