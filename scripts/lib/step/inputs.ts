import { InputError } from "@longshore/language";
import { quoteValue } from "./escape.ts";

/**
 * Typed readers of a step's inputs. The runner hands an input over as `INPUT_<NAME>` and fills the defaults of
 * `action.yml`; a step run as a plain process has no defaults, so readers take the same default as `fallback`.
 * Each throws InputError with one sentence: the input, its value, what to do.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

function rawInput(name: string, env: Environment): string {
  return (env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();
}

function refuse(name: string, value: string, advice: string): InputError {
  return new InputError(`Input \`${name}\` is ${quoteValue(value)}: ${advice}.`);
}

/** The text, trimmed; `fallback` when empty. */
export function readText(name: string, fallback = "", env: Environment = process.env): string {
  return rawInput(name, env) || fallback;
}

/** The text, trimmed; an empty one is refused. */
export function readRequired(name: string, env: Environment = process.env): string {
  const text = rawInput(name, env);
  if (text === "") throw new InputError(`Input \`${name}\` is missing: give it a value.`);
  return text;
}

/** Items between commas and line breaks, trimmed, empty ones dropped. */
export function readList(name: string, env: Environment = process.env): readonly string[] {
  return splitItems(rawInput(name, env), /[,\n]/u);
}

/** Lines, trimmed, empty ones dropped. */
export function readLines(name: string, env: Environment = process.env): readonly string[] {
  return splitItems(rawInput(name, env), /\n/u);
}

function splitItems(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** `true` or `false` as YAML 1.2's core schema writes them (`true`, `True`, `TRUE`); nothing else. */
export function readBoolean(name: string, fallback: boolean, env: Environment = process.env): boolean {
  const text = rawInput(name, env);
  if (text === "") return fallback;
  if (/^(?:true|True|TRUE)$/u.test(text)) return true;
  if (/^(?:false|False|FALSE)$/u.test(text)) return false;
  throw refuse(name, text, "use `true` or `false`");
}

/** One of the allowed words. */
export function readChoice<const Choice extends string>(
  name: string,
  allowed: readonly Choice[],
  fallback: Choice,
  env: Environment = process.env,
): Choice {
  const text = rawInput(name, env);
  if (text === "") return fallback;
  const choice = allowed.find((word) => word === text);
  if (choice === undefined) {
    throw refuse(
      name,
      text,
      `use ${allowed.length > 1 ? "one of " : ""}${allowed.map((word) => `\`${word}\``).join(", ")}`,
    );
  }
  return choice;
}

/** A whole number from `lowest` to `highest`. */
export function readInteger(
  name: string,
  range: { readonly lowest: number; readonly highest: number; readonly fallback: number },
  env: Environment = process.env,
): number {
  const text = rawInput(name, env);
  if (text === "") return range.fallback;
  const value = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.lowest && value <= range.highest)) {
    throw refuse(name, text, `use a whole number from ${range.lowest} to ${range.highest}`);
  }
  return value;
}

const millisecondsPer = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A duration such as `10s`, `90m`, `24h`, `7d`, `2w`; in milliseconds. Anything else is refused, never "no limit". */
export function readDuration(name: string, fallback: string, env: Environment = process.env): number {
  const text = rawInput(name, env) || fallback;
  const match = /^(?<count>\d{1,5})(?<unit>[smhdw])$/u.exec(text);
  if (!match?.groups) throw refuse(name, text, "use a number and a unit such as `10s`, `90m`, `24h`, `7d` or `2w`");
  return Number(match.groups.count) * millisecondsPer[match.groups.unit as keyof typeof millisecondsPer];
}

/** Parsed JSON; its shape is for the caller to check. */
export function readJson(name: string, env: Environment = process.env): unknown {
  const text = readRequired(name, env);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Input \`${name}\` is not JSON: it starts ${quoteValue(text, 40)}.`, { cause });
  }
}
