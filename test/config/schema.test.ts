import { describeImages, makeSchema } from "@longshore/config";
import { readYaml } from "@longshore/config/yaml";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";

const ajv = new Ajv2020({ strict: false, allErrors: false });
const validate = ajv.compile(makeSchema());

/** Whether the parser takes the file. What only the whole can show (one name twice) is kept out by the generator. */
function parses(file: unknown): string | undefined {
  const reading = readYaml(stringify(file), "longshore.yml");
  if ("problems" in reading) return reading.problems[0].sentence;
  try {
    describeImages({ defaults: [], file: reading.documents[0], set: "" }, { owner: "acme", repo: "shop" }, "");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

type Json = Readonly<Record<string, unknown>>;

/** Values that fit the schema of a key, and some that do not. */
function arbitraryOf(schema: Json): fc.Arbitrary<unknown> {
  const { anyOf, enum: words, const: constant, type, pattern, properties, additionalProperties, items } = schema;
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((each) => arbitraryOf(each as Json)));
  if (Array.isArray(words)) return fc.constantFrom(...words);
  if (constant !== undefined) return fc.constant(constant);
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: Number(schema.minimum), max: Number(schema.maximum ?? 99) });
    case "number":
      return fc.constantFrom(0, 12, 1.5, -3);
    case "string":
      return pattern === undefined
        ? fc.constantFrom("x", "a b", "0")
        : fc.constantFrom(...samples.filter((each) => new RegExp(String(pattern)).test(each)));
    case "array":
      return fc.array(arbitraryOf(items as Json), { maxLength: 3 });
    default:
      return properties === undefined
        ? fc.dictionary(
            fc.constantFrom(
              ...names.filter((name) => new RegExp(String((schema.propertyNames as Json).pattern)).test(name)),
            ),
            arbitraryOf(additionalProperties as Json),
            { maxKeys: 2 },
          )
        : fc.record(
            Object.fromEntries(
              Object.entries(properties as Record<string, Json>).map(([name, each]) => [name, arbitraryOf(each)]),
            ),
            { requiredKeys: [] },
          );
  }
}

/** At least one of them fits each pattern of the table. */
const samples = [
  "linux/amd64",
  "10s",
  "7d",
  "all",
  "3",
  "edge",
  "alpine",
  "-slim",
  "api/v{version}",
  "v{version}",
  "ghcr.io/acme/app",
  "docker/Dockerfile",
  "{repo}-x",
  "{owner}",
  "linux/arm/v7",
  "a",
];
const names = ["VERSION", "A.B", "com.acme.team", "base"];

/** What is wrong nearly everywhere. */
const wrong: readonly unknown[] = [
  "soon",
  "",
  "../x",
  "{nope}",
  "/etc",
  -1,
  1e9,
  true,
  ["x", null],
  { a: 1 },
  "latest:1",
  "sha abc",
  "...",
  [],
];

/** Replaces one value somewhere below by one that is likely wrong. */
function spoil(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (Array.isArray(value) && value.length > 0)
    return value.map((each, at) => (at === step % value.length ? spoil(each, rest, by) : each));
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, each], at) => [name, at === step % entries.length ? spoil(each, rest, by) : each]),
    );
  }
  return by;
}

const topKeys = (makeSchema() as { properties: Record<string, Json> }).properties;
const { images: _, ...imageKeys } = topKeys;
const files = fc.record(
  Object.fromEntries(Object.entries(imageKeys).map(([name, schema]) => [name, arbitraryOf(schema)])),
  { requiredKeys: [] },
);

describe("longshore.schema.json", () => {
  test("is a schema of draft 2020-12 in its own right", () => {
    const { $schema, ...schema } = makeSchema() as { $schema: string };
    expect($schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(ajv.validateSchema({ $schema, ...schema })).toBe(true);
  });

  test("gives the parser's verdict on every generated file", () => {
    fc.assert(
      fc.property(files, (file) => {
        const said = parses(file);
        // Semantics that no schema can say: `{key}` without images, an empty list of names.
        fc.pre(said === undefined || !/without images|names no repository|Image name/.test(said));
        expect({ file, valid: validate(file), said: said === undefined }).toEqual({
          file,
          valid: said === undefined,
          said: said === undefined,
        });
      }),
      { numRuns: 500 },
    );
  });

  test("and on files with one value spoilt", () => {
    let refused = 0;
    fc.assert(
      fc.property(
        files,
        fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(...wrong),
        (file, path, by) => {
          const spoilt = spoil(file, path, by);
          fc.pre(typeof spoilt === "object" && spoilt !== null && !Array.isArray(spoilt));
          const said = parses(spoilt);
          fc.pre(said === undefined || !/without images|names no repository|Image name/.test(said));
          if (said !== undefined) refused += 1;
          expect({ spoilt, valid: validate(spoilt), said }).toEqual({ spoilt, valid: said === undefined, said });
        },
      ),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  test("knows images by list and by map", () => {
    expect(validate({ images: ["api", "web"] })).toBe(true);
    expect(validate({ images: { api: null, web: { scan: "off" } } })).toBe(true);
    expect(validate({ images: ["A"] })).toBe(false);
    expect(validate({ images: { api: { images: ["x"] } } })).toBe(false);
  });
});
