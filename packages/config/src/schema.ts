import { readWord } from "./check-node.ts";
import { imageKeyName, imageShape } from "./keys/index.ts";
import type { CountShape, Key, Shape, TextShape } from "./shape.ts";

/** JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const home = "https://json-schema.org/draft/2020-12/schema";

/** `longshore.schema.json`: what editors check the file with. */
export function makeSchema(): JsonSchema {
  const keys = keysOf(imageShape.keys);
  const images = {
    description: "Several images of one repository: a list of keys, or a map of key to the keys in which it differs.",
    anyOf: [
      {
        type: "array",
        minItems: 1,
        uniqueItems: true,
        items: { type: "string", pattern: imageKeyName.pattern.source },
      },
      {
        type: "object",
        minProperties: 1,
        propertyNames: { pattern: imageKeyName.pattern.source },
        additionalProperties: orNothing({ type: "object", additionalProperties: false, properties: keys }),
      },
      { type: "null" },
    ],
  };
  return {
    $schema: home,
    title: "Longshore's description of a repository's images",
    type: "object",
    additionalProperties: false,
    properties: { ...keys, images },
  };
}

function keysOf(keys: Readonly<Record<string, Key>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(keys).map(([name, { shape, means, default: standard }]) => [
      name,
      { description: means, ...(standard === undefined ? {} : { default: standard }), ...orNothing(schemaOf(shape)) },
    ]),
  );
}

/** An empty value counts as not written. */
function orNothing(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: "null" }] };
}

function schemaOf(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case "text":
      return textSchema(shape);
    case "word":
      return {
        enum: [...shape.words, ...[true, false].filter((flag) => readWord(shape.words, String(flag)) !== undefined)],
      };
    case "flag":
      return { type: "boolean" };
    case "count":
      return shape.word === undefined ? countSchema(shape) : { anyOf: [countSchema(shape), { const: shape.word }] };
    case "duration":
      return { type: "string", pattern: "^\\d{1,6}[smhdw]$" };
    case "list": {
      const item = schemaOf(shape.item);
      return { anyOf: [item, { const: "..." }, { type: "array", items: { anyOf: [item, { const: "..." }] } }] };
    }
    case "map":
      return {
        type: "object",
        propertyNames: { pattern: shape.name.pattern.source },
        additionalProperties: orNothing(schemaOf(shape.item)),
      };
    case "group": {
      const object = { type: "object", additionalProperties: false, properties: keysOf(shape.keys) };
      const short = shape.short === undefined ? undefined : shape.keys[shape.short]?.shape;
      return short === undefined ? object : { anyOf: [object, schemaOf(short)] };
    }
  }
}

function countSchema({ lowest, highest }: CountShape): JsonSchema {
  return { type: "integer", minimum: lowest, maximum: highest };
}

/** Numbers and booleans are taken as they are spelled where text is wanted, as far as such a spelling can be right. */
function textSchema({ pattern, placeholders }: TextShape): JsonSchema {
  const fits = (...spelled: readonly string[]): boolean => spelled.every((each) => pattern?.test(each) ?? true);
  const withoutBraces = placeholders === undefined ? {} : { not: { pattern: "[{}]" } };
  return {
    anyOf: [
      { type: "string", ...(pattern === undefined ? {} : { pattern: pattern.source }), ...withoutBraces },
      ...(placeholders === undefined ? [] : [{ type: "string", pattern: templatePattern(placeholders) }]),
      ...(fits("0", "12", "1.5", "-1")
        ? [{ type: "number" }]
        : fits("0", "12")
          ? [{ type: "integer", minimum: 0 }]
          : []),
      ...(fits("true", "false") ? [{ type: "boolean" }] : []),
    ],
  };
}

/** Text with a brace in it, all of them right: parseTemplate's grammar with these names. */
function templatePattern(placeholders: readonly string[]): string {
  const alternative = ` *(?:${placeholders.join("|")}|'[^'{}]*') *`;
  return `^(?=.*[{}])(?:[^{}]|\\{\\{|\\}\\}|\\{${alternative}(?:\\|${alternative})*\\})*$`;
}
