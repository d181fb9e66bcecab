import { InputError, isRecord, type JsonRecord } from "@longshore/language";

/**
 * Reads one object of a scanner's report. What is there and has another type than the scanner writes is refused, with its place:
 * a report that is read as empty where it is damaged would pass.
 */
export interface ReportReader {
  readonly has: (key: string) => boolean;
  /** Empty where the key is left out, as Go leaves out an empty one. */
  readonly text: (key: string) => string;
  /** Must be there and not be empty. */
  readonly required: (key: string) => string;
  readonly flag: (key: string) => boolean;
  /** A number as it is written; empty where there is none. */
  readonly number: (key: string) => string;
  /** The object; an empty one where the key is left out. */
  readonly object: (key: string) => ReportReader;
  /** Objects of a list; none where the key is left out. */
  readonly objects: (key: string) => readonly ReportReader[];
  /** Texts of a list; none where the key is left out. */
  readonly texts: (key: string) => readonly string[];
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  "a text": (value) => typeof value === "string",
  "true or false": (value) => typeof value === "boolean",
  "a number": (value) => typeof value === "number",
  "an object": isRecord,
  "a list": Array.isArray,
};

/** @param report name of the report, for messages. Every reader throws InputError. */
export function openReport(value: unknown, report: string, place = ""): ReportReader {
  const refuse = (where: string, is: string): never => {
    throw new InputError(`Report ${report} is damaged: ${where || "it"} ${is}. Scan again.`);
  };
  const check = (found: unknown, type: string, where: string): void => {
    if (types[type]?.(found) !== true) refuse(where, `is ${nameOf(found)}, not ${type}`);
  };
  check(value, "an object", place);
  const record = value as JsonRecord;
  const at = (key: string): string => (place === "" ? key : `${place}.${key}`);
  const read = <Value>(key: string, type: string, missing: Value): Value => {
    const found = Object.hasOwn(record, key) ? record[key] : undefined;
    if (found === undefined || found === null) return missing;
    check(found, type, at(key));
    return found as Value;
  };
  const items = (key: string): readonly unknown[] => read<readonly unknown[]>(key, "a list", []);
  const text = (key: string): string => read(key, "a text", "");
  return {
    has: (key) => Object.hasOwn(record, key) && record[key] !== null,
    text,
    required: (key) => {
      const found = text(key);
      return found.trim() === "" ? refuse(at(key), "is missing") : found;
    },
    flag: (key) => read(key, "true or false", false),
    number: (key) => String(read<number | "">(key, "a number", "")),
    object: (key) => openReport(read(key, "an object", {}), report, at(key)),
    objects: (key) => items(key).map((item, index) => openReport(item, report, `${at(key)}[${index}]`)),
    texts: (key) =>
      items(key).map((item, index) => {
        check(item, "a text", `${at(key)}[${index}]`);
        return item as string;
      }),
  };
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  return typeof value === "string" ? "a text" : String(value);
}
