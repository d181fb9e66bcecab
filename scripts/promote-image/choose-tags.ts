import { InputError } from "@longshore/language";
import { quoteValue } from "../lib/step/escape.ts";

/**
 * The tags that names and patterns (`*` stands for anything) choose, in the order of the list. A name must be there, a pattern
 * must find something; `isLeftOut` keeps patterns away from tags that are nobody's names. Throws InputError.
 */
export function chooseTags(
  repository: string,
  all: readonly string[],
  patterns: readonly string[],
  isLeftOut: (name: string) => boolean,
): readonly string[] {
  const candidates = all.filter((name) => !isLeftOut(name));
  const finds = patterns.map((pattern) => {
    const parts = pattern.split("*");
    return {
      pattern,
      names:
        parts.length === 1 ? all.filter((name) => name === pattern) : candidates.filter((name) => fits(name, parts)),
    };
  });
  const empty = finds.filter(({ names }) => names.length === 0).map(({ pattern }) => quoteValue(pattern));
  if (empty.length > 0) {
    throw new InputError(`${repository} has no tag ${empty.join(", ")}, which input tags asks for: nothing is copied.`);
  }
  const chosen = new Set(finds.flatMap(({ names }) => names));
  return all.filter((name) => chosen.has(name));
}

/** Whether the parts come in the name one after the other; no pattern of ours can take long. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= name.length - last.length;
}
