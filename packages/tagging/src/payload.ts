import { InputError, quote } from "@longshore/language";

/** A parsed event payload. Fields are read by path, such as `pull_request.head.sha`, and checked when read. */
export type Payload = Readonly<Record<string, unknown>>;

/** @throws InputError when the payload is no JSON object */
export function asPayload(value: unknown): Payload {
  if (isObject(value)) return value;
  throw new InputError(
    `The event payload is ${quote(value)}, not a JSON object; give the file GitHub wrote for the event.`,
  );
}

/** A text; empty where the field is missing or null. @throws InputError on another type */
export function readText(payload: Payload, path: string): string {
  const value = readField(payload, path);
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : refuse(path, value, "a text");
}

/** A text that must be there. @throws InputError */
export function requireText(payload: Payload, path: string): string {
  return readText(payload, path) || refuse(path, readField(payload, path), "a text");
}

/** True or false; false where the field is missing or null. @throws InputError on another type */
export function readFlag(payload: Payload, path: string): boolean {
  const value = readField(payload, path) ?? false;
  return typeof value === "boolean" ? value : refuse(path, value, "true or false");
}

/** A whole number above zero. @throws InputError */
export function requireNumber(payload: Payload, path: string): number {
  const value = readField(payload, path);
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0
    ? value
    : refuse(path, value, "a whole number above zero");
}

/** Whether there is an object at this path. @throws InputError on another type than object or null */
export function hasObject(payload: Payload, path: string): boolean {
  const value = readField(payload, path);
  if (value === undefined || value === null) return false;
  return isObject(value) || refuse(path, value, "an object");
}

/** Whether the field is there, null or not. */
export function hasField(payload: Payload, path: string): boolean {
  return readField(payload, path) !== undefined;
}

/** Whether the field is there and null: GitHub's way to say that a thing is gone. */
export function isNull(payload: Payload, path: string): boolean {
  return readField(payload, path) === null;
}

/** A list; empty where the field is missing or null. @throws InputError on another type */
export function readList(payload: Payload, path: string): readonly unknown[] {
  const value = readField(payload, path) ?? [];
  return Array.isArray(value) ? value : refuse(path, value, "a list");
}

/** A commit's sha, lower-cased. @throws InputError */
export function requireSha(payload: Payload, path: string): string {
  return (
    parseSha(readText(payload, path)) ?? refuse(path, readField(payload, path), "a commit sha of 40 hexadecimal digits")
  );
}

/** A moment as RFC 3339 in UTC; empty where the field is missing or null. @throws InputError on anything else */
export function readMoment(payload: Payload, path: string): string {
  const text = readText(payload, path);
  return text === "" ? "" : (parseMoment(text) ?? refuse(path, text, "a date and time"));
}

/** 40 lower-case hexadecimal digits, not all zero (a deleted ref's); undefined for anything else. */
export function parseSha(text: string): string | undefined {
  return /^[0-9a-f]{40}$/i.test(text) && !/^0+$/.test(text) ? text.toLowerCase() : undefined;
}

/** `2024-06-28T14:30:22Z` of an RFC 3339 text; undefined for anything else. */
export function parseMoment(text: string): string | undefined {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text) ? new Date(text) : undefined;
  return moment === undefined || Number.isNaN(moment.getTime())
    ? undefined
    : moment.toISOString().replace(/\.\d+Z$/, "Z");
}

function readField(payload: Payload, path: string): unknown {
  let value: unknown = payload;
  const seen: string[] = [];
  for (const name of path.split(".")) {
    if (value === undefined || value === null) return undefined;
    if (!isObject(value)) return refuse(seen.join("."), value, "an object");
    value = Object.hasOwn(value, name) ? value[name] : undefined;
    seen.push(name);
  }
  return value;
}

function refuse(path: string, value: unknown, wanted: string): never {
  throw new InputError(`The event payload has ${quote(value)} at ${path}, where GitHub gives ${wanted}.`);
}

function isObject(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
