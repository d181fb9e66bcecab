import { data, Evaluator, Lexer, Parser, wellKnownFunctions } from "@actions/expressions";
import type { FunctionDefinition } from "@actions/expressions/funcs/info";
import { falsy } from "@actions/expressions/result";
import { Refusal } from "./refusal.ts";
import { entries, isExpression, isMapping, isSequence, type TemplateToken } from "./tokens.ts";

/** A value as JSON has it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainMap = Readonly<Record<string, Plain>>;

/** What an expression may name: contexts such as `github`, and the status functions where there are any. */
export interface Scope {
  readonly contexts: PlainMap;
  readonly status?: StatusFunctions;
}

export interface StatusFunctions {
  readonly success: () => boolean;
  readonly failure: () => boolean;
  readonly cancelled: () => boolean;
}

const statusNames = ["success", "failure", "cancelled", "always"];
const converted = new WeakMap<object, data.ExpressionData>();

/** Evaluates the expression between `${{` and `}}`. */
export function evaluate(expression: string, scope: Scope): data.ExpressionData {
  const functions = statusFunctions(scope.status);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(scope.contexts), [...functions.values()]).parse();
  const contexts = new data.Dictionary();
  for (const [name, value] of Object.entries(scope.contexts)) contexts.add(name, toData(value));
  return new Evaluator(tree, contexts, functions).evaluate();
}

/** The value of a token: a literal, an expression, or a tree of them. */
export function evaluateToken(token: TemplateToken, scope: Scope): Plain {
  if (isMapping(token)) return evaluateMap(token, scope);
  if (isSequence(token)) return [...token].map((item) => evaluateToken(item, scope));
  if (isExpression(token)) return toPlain(evaluate(token.expression, scope));
  const literal = token as unknown as { readonly value?: string | number | boolean };
  return literal.value ?? null;
}

export function evaluateMap(token: TemplateToken | undefined, scope: Scope): Record<string, Plain> {
  return Object.fromEntries(entries(token).map(([key, value]) => [key, evaluateToken(value, scope)]));
}

/** A value as the text a step sees. */
export function evaluateText(token: TemplateToken, scope: Scope): string {
  return toData(evaluateToken(token, scope)).coerceString();
}

export function evaluateTexts(token: TemplateToken | undefined, scope: Scope): Record<string, string> {
  return Object.fromEntries(entries(token).map(([key, value]) => [key, evaluateText(value, scope)]));
}

/** An `if`: without a status function of its own it also asks for `success()`. */
export function evaluateCondition(token: TemplateToken | undefined, scope: Scope): boolean {
  const condition = token === undefined ? "" : conditionText(token);
  if (condition === "") return scope.status?.success() ?? true;
  const asksStatus = calledFunctions(condition).some((name) => statusNames.includes(name));
  return !falsy(evaluate(asksStatus ? condition : `success() && (${condition})`, scope));
}

/** Throws a Refusal that names the function if the expression calls one which the rehearsal does not know. */
export function refuseUnknownFunctions(expression: string, where: string): void {
  for (const name of calledFunctions(expression)) {
    if (!statusNames.includes(name) && !(name in wellKnownFunctions)) {
      throw new Refusal(`${where}: the rehearsal does not know the function \`${name}()\`.`);
    }
  }
}

/** An `if` may be written with or without `${{ }}`. */
export function conditionText(token: TemplateToken): string {
  return (isExpression(token) ? token.expression : token.toString()).trim();
}

/** Text with `${{ }}` outside a workflow file, such as an input's default in an `action.yml`. */
export function interpolate(text: string, scope: Scope): string {
  return text.replace(/\$\{\{((?:'[^']*'|[^'])*?)\}\}/g, (_, expression: string) =>
    evaluate(expression.trim(), scope).coerceString(),
  );
}

export function toData(value: Plain): data.ExpressionData {
  if (typeof value !== "object" || value === null) return JSON.parse(JSON.stringify(value), data.reviver);
  let known = converted.get(value);
  if (known === undefined) {
    known = JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
    converted.set(value, known);
  }
  return known;
}

function toPlain(value: data.ExpressionData): Plain {
  return JSON.parse(JSON.stringify(value, data.replacer));
}

function calledFunctions(expression: string): readonly string[] {
  const { tokens } = new Lexer(expression).lex();
  return tokens
    .filter((token, at) => /^[A-Za-z_]/.test(token.lexeme) && tokens[at + 1]?.lexeme === "(")
    .map((token) => token.lexeme.toLowerCase());
}

function statusFunctions(status: StatusFunctions | undefined): Map<string, FunctionDefinition> {
  if (status === undefined) return new Map();
  const answers = { ...status, always: () => true };
  return new Map(
    Object.entries(answers).map(([name, answer]) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answer()) },
    ]),
  );
}
