import {
  BasicExpressionToken,
  MappingToken,
  SequenceToken,
  type TemplateToken,
} from "@actions/workflow-parser/templates/tokens/index";
import { Refusal } from "./refusal.ts";

export type { MappingToken, SequenceToken, TemplateToken };

/** The pairs of a mapping; nothing for a key without value. */
export function entries(token: TemplateToken | undefined): readonly (readonly [string, TemplateToken])[] {
  if (!(token instanceof MappingToken)) return [];
  return [...token].map((pair) => [pair.key.toString(), pair.value] as const);
}

export function isMapping(token: TemplateToken | undefined): token is MappingToken {
  return token instanceof MappingToken;
}

export function isSequence(token: TemplateToken | undefined): token is SequenceToken {
  return token instanceof SequenceToken;
}

export function isExpression(token: TemplateToken): token is BasicExpressionToken {
  return token instanceof BasicExpressionToken;
}

/** The items of a sequence, or the one value that stands for a list of one. */
export function items(token: TemplateToken | undefined): readonly TemplateToken[] {
  if (token === undefined) return [];
  return token instanceof SequenceToken ? [...token] : [token];
}

/** The text of a value that GitHub reads before any expression is evaluated. */
export function literalText(token: TemplateToken | undefined): string | undefined {
  return token === undefined ? undefined : token.toString();
}

/** The fields of a mapping by name. A field that is not listed is part of the language which the rehearsal does not know. */
export function fields<Name extends string>(
  token: TemplateToken,
  where: string,
  known: readonly Name[],
): Readonly<Partial<Record<Name, TemplateToken>>> {
  const found: Partial<Record<Name, TemplateToken>> = {};
  for (const [key, value] of entries(token)) {
    const name = known.find((candidate) => candidate === key);
    if (name === undefined) throw new Refusal(`${where}: the rehearsal does not know \`${key}\`.`);
    found[name] = value;
  }
  return found;
}
