import { InputError, quote } from "@longshore/language";
import type { LatestOwner, PushMode } from "./plan-options.ts";
import { isOciTag } from "./tag-grammar.ts";

/** Leaves the slug of a long branch at least half of a tag. */
const maxSuffix = 60;

/** The `latest` input; empty is `auto`. @throws InputError */
export function parseLatest(text: string): LatestOwner {
  return parseChoice("latest", text, ["auto", "default-branch", "release", "both", "none"]);
}

/** The `push` input; empty is `auto`. @throws InputError */
export function parsePush(text: string): PushMode {
  return parseChoice("push", text, ["auto", "always", "never"]);
}

function parseChoice<Choice extends string>(
  input: string,
  text: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const given = text.trim();
  if (given === "") return choices[0];
  const choice = choices.find((known) => known === given);
  if (choice === undefined)
    throw new InputError(`Input ${input} is ${quote(given)}; give one of ${choices.join(", ")}.`);
  return choice;
}

/**
 * The `suffix` input: empty, or with its dash (`alpine` and `-alpine` are the same). One that reads as a part of
 * another class of tags (a sha, a time) is refused.
 * @throws InputError
 */
export function parseSuffix(text: string): string {
  const given = text.trim();
  if (given === "") return "";
  const word = given.replace(/^-/, "");
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(word)) {
    throw new InputError(
      `Input suffix is ${quote(given)}; use letters, digits, dots, dashes and underscores, such as -alpine.`,
    );
  }
  if (word.length >= maxSuffix) {
    throw new InputError(`Input suffix is ${quote(given)}; use fewer than ${maxSuffix} characters.`);
  }
  if (word.split("-").some((part) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|\d{6})$/.test(part))) {
    throw new InputError(
      `Input suffix is ${quote(given)}, which reads as a commit or a time; use a word such as -alpine.`,
    );
  }
  return `-${word}`;
}

/** The `component` input. @throws InputError */
export function parseComponent(text: string): string {
  const given = text.trim();
  if (given === "" || (/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(given) && given.length <= 100)) return given;
  throw new InputError(
    `Input component is ${quote(given)}; use at most 100 letters, digits, dots, dashes and underscores, such as api.`,
  );
}

/**
 * The `extra-tags` input: names separated by lines or commas, without duplicates. Whether a name belongs to another
 * class is decided by planImage, which knows the default branch.
 * @throws InputError
 */
export function parseExtraTags(text: string): readonly string[] {
  const names = text.split(/[\n\r,]/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  for (const name of names) {
    if (isOciTag(name)) continue;
    throw new InputError(
      `Input extra-tags holds ${quote(name)}; a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`,
    );
  }
  return [...new Set(names)];
}
