import { evaluateToken, type Plain, type PlainMap, type Scope } from "./expressions.ts";
import { Refusal } from "./refusal.ts";
import { entries } from "./tokens.ts";
import type { CallContract, CallJob, InputContract } from "./workflow.ts";

/** The `inputs` a called workflow sees. GitHub does not convert: a value of another type than the input's is refused. */
export function callInputs(call: CallJob, contract: CallContract, scope: Scope, where: string): PlainMap {
  const given = new Map(entries(call.with));
  return Object.fromEntries(
    [...contract.inputs].map(([name, input]) => {
      const token = given.get(name);
      if (token === undefined) return [name, defaultValue(input, scope)];
      return [name, checkType(evaluateToken(token, scope), input, `${where}: input \`${name}\``)];
    }),
  );
}

/** The `secrets` a called workflow sees: those it names, or all of the caller's with `inherit`. */
export function callSecrets(
  call: CallJob,
  callers: Readonly<Record<string, string>>,
  scope: Scope,
): Readonly<Record<string, string>> {
  if (call.secrets === "inherit") return callers;
  const named = entries(call.secrets).map(([name, token]) => [name, String(evaluateToken(token, scope) ?? "")]);
  return Object.fromEntries(named.filter(([, value]) => value !== ""));
}

function defaultValue(input: InputContract, scope: Scope): Plain {
  const value = input.default === undefined ? null : evaluateToken(input.default, scope);
  if (value !== null) return value;
  return input.type === "boolean" ? false : input.type === "number" ? 0 : "";
}

function checkType(value: Plain, input: InputContract, where: string): Plain {
  if (typeof value === input.type) return value;
  // An expression that finds nothing leaves a text empty; a number or a boolean written as a text's value becomes text.
  if (input.type === "string" && (value === null || typeof value !== "object"))
    return value === null ? "" : String(value);
  throw new Refusal(`${where} is of type ${input.type}, and got ${JSON.stringify(value)}.`);
}
