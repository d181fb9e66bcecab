/**
 * Text with placeholders: `{name}`, `{first|second|'text'}` (the first that there is); `{{` and `}}` are braces.
 */
export type Template = readonly (string | readonly Alternative[])[];

/** A placeholder's name, or a text of one's own between single quotes. */
export type Alternative = { readonly name: string } | { readonly text: string };

/** The template that a text is, or what is wrong with it, a clause. */
export function parseTemplate(text: string): Template | string {
  const parts: (string | readonly Alternative[])[] = [];
  let literal = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if ((character === "{" || character === "}") && text[at + 1] === character) {
      literal += character;
      at += 1;
    } else if (character === "}") {
      return "write }} for a brace";
    } else if (character === "{") {
      const end = text.indexOf("}", at);
      const alternatives = end < 0 ? undefined : readAlternatives(text.slice(at + 1, end));
      if (alternatives === undefined) return "write {name}, {first|'text'}, or {{ for a brace";
      if (literal !== "") parts.push(literal);
      parts.push(alternatives);
      literal = "";
      at = end;
    } else {
      literal += character;
    }
  }
  return literal === "" ? parts : [...parts, literal];
}

function readAlternatives(text: string): readonly Alternative[] | undefined {
  const alternatives = text.split("|").map((word): Alternative | undefined => {
    const given = word.trim();
    if (/^'[^']*'$/.test(given)) return { text: given.slice(1, -1) };
    return /^[a-z][a-z0-9-]*$/.test(given) ? { name: given } : undefined;
  });
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
}

/** The names of all placeholders in it. */
export function placeholdersOf(template: Template): readonly string[] {
  return template.flatMap((part) =>
    typeof part === "string" ? [] : part.flatMap((each) => ("name" in each ? [each.name] : [])),
  );
}

/** The text with its values; undefined where one that is needed is not there (or empty). */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>): string | undefined {
  let filled = "";
  for (const part of template) {
    const text = typeof part === "string" ? part : firstOf(part, values);
    if (text === undefined) return undefined;
    filled += text;
  }
  return filled;
}

function firstOf(alternatives: readonly Alternative[], values: Readonly<Record<string, string>>): string | undefined {
  for (const each of alternatives) {
    const text = "text" in each ? each.text : Object.hasOwn(values, each.name) ? values[each.name] : undefined;
    if (text !== undefined && (text !== "" || "text" in each)) return text;
  }
  return undefined;
}
