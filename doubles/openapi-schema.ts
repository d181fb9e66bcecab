import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Answer } from "./http-exchange.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}
interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: { readonly "application/json"?: { readonly schema?: Json } };
}
interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

let loaded: { readonly description: Description & Record<string, unknown>; readonly ajv: Ajv } | undefined;
const validators = new Map<string, ValidateFunction | undefined>();

/**
 * Compares an answer with GitHub's published description (npm `@octokit/openapi`) of the operation: returns what differs.
 * A success must be described; an error that is not described for the path must be a `basic-error`.
 */
export function checkAnswer(method: string, path: string, answer: Answer): string | undefined {
  const verb = method === "HEAD" ? "get" : method.toLowerCase();
  const key = `${verb} ${path} ${answer.status}`;
  if (answer.status === 204 || answer.status === 302) {
    const described = response(load().description, verb, path, answer.status);
    if (described === undefined) return `${key} is not described`;
    const missing = Object.keys(described.headers ?? {}).find((name) => !(name.toLowerCase() in answer.headers));
    if (missing !== undefined) return `${key} has no ${missing}`;
    return answer.body === undefined ? undefined : `${key} has a body`;
  }
  if (!validators.has(key)) validators.set(key, compile(verb, path, answer.status));
  const validate = validators.get(key);
  if (validate === undefined) return `${key} is not described`;
  if (typeof answer.body !== "string") return `${key} has no JSON`;
  if (validate(JSON.parse(answer.body))) return undefined;
  const problems = validate.errors?.map((error) => `${error.instancePath} ${error.message ?? ""}`) ?? [];
  return `${key}: ${problems.slice(0, 5).join("; ")}`;
}

function compile(verb: string, path: string, status: number): ValidateFunction | undefined {
  const { description, ajv } = load();
  const described = response(description, verb, path, status)?.content?.["application/json"]?.schema;
  const schema = described ?? (status >= 400 ? { $ref: "#/components/schemas/basic-error" } : undefined);
  if (schema === undefined) return undefined;
  return ajv.compile(closed(description, schema) as object);
}

function response(description: Description, verb: string, path: string, status: number): Response | undefined {
  const found = description.paths[path]?.[verb]?.responses[String(status)];
  if (found?.$ref === undefined) return found;
  return lookUp(description, found.$ref) as Response | undefined;
}

/** The schema with all that it refers to, and nothing else of the 12 MB. */
function closed(description: Description, schema: Json): Json {
  const definitions: Record<string, Json> = {};
  const rewrite = (value: Json): Json => {
    if (value === null || typeof value !== "object") return value;
    if (isList(value)) return value.map(rewrite);
    if (typeof value.$ref === "string") return { $ref: `#/definitions/${include(value.$ref)}` };
    const entries = Object.entries(value).filter(([name]) => !unchecked.has(name) && !name.startsWith("x-"));
    const schema = Object.fromEntries(entries.map(([name, part]) => [name, rewriteKeyword(name, part)]));
    return value.nullable === true ? { anyOf: [{ type: "null" }, schema] } : schema;
  };
  // The keys below `properties` are names of their own, not keywords.
  const rewriteKeyword = (name: string, part: Json): Json => {
    if (name === "required" || name === "enum") return part;
    if (name !== "properties" || part === null || typeof part !== "object") return rewrite(part);
    return Object.fromEntries(Object.entries(part).map(([property, schema]) => [property, rewrite(schema as Json)]));
  };
  const include = (reference: string): string => {
    const name = reference.split("/").at(-1) ?? "";
    if (!(name in definitions)) {
      definitions[name] = {};
      definitions[name] = rewrite(lookUp(description, reference) as Json);
    }
    return name;
  };
  return { ...(rewrite(schema) as object), definitions };
}

/** Words of OpenAPI 3.0 and GitHub's own that JSON Schema has not. */
const unchecked = new Set(["nullable", "discriminator", "example", "examples", "deprecated", "externalDocs"]);

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function lookUp(description: Description, reference: string): unknown {
  const steps = reference.replace(/^#\//, "").split("/");
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], description);
}

function load() {
  if (loaded === undefined) {
    const folder = dirname(createRequire(import.meta.url).resolve("@octokit/openapi/package.json"));
    const text = readFileSync(join(folder, "generated", "api.github.com.json"), "utf8");
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    loaded = { description: JSON.parse(text), ajv };
  }
  return loaded;
}
