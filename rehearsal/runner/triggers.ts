import { type RecordedEvent, refName } from "./event.ts";
import type { PlainMap } from "./expressions.ts";
import { Refusal } from "./refusal.ts";
import { entries, fields, isMapping, items, type TemplateToken } from "./tokens.ts";

/** The types of activity that start a workflow which does not say. */
const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
};

/** Whether an event starts a workflow with this `on`. */
export function isTriggered(on: TemplateToken, event: RecordedEvent, where: string): boolean {
  if (!isMapping(on)) return items(on).some((name) => name.toString() === event.name);
  const found = entries(on).find(([name]) => name === event.name);
  if (found === undefined) return false;
  if (event.name === "workflow_dispatch" || event.name === "schedule") return true;
  const known = ["branches", "branches-ignore", "tags", "tags-ignore", "types"] as const;
  const filter = fields(found[1], `${where}, on: ${event.name}`, known);
  const types = filter.types === undefined ? defaultTypes[event.name] : items(filter.types).map(String);
  const action = event.payload.action;
  if (types !== undefined && typeof action === "string" && !types.includes(action)) return false;
  if (event.name !== "push") {
    return matchesName(event.baseRef, filter.branches, filter["branches-ignore"], true);
  }
  const speaksOfBranches = filter.branches !== undefined || filter["branches-ignore"] !== undefined;
  const speaksOfTags = filter.tags !== undefined || filter["tags-ignore"] !== undefined;
  return event.ref.startsWith("refs/tags/")
    ? matchesName(refName(event.ref), filter.tags, filter["tags-ignore"], !speaksOfBranches)
    : matchesName(refName(event.ref), filter.branches, filter["branches-ignore"], !speaksOfTags);
}

function matchesName(
  name: string,
  only: TemplateToken | undefined,
  ignore: TemplateToken | undefined,
  otherwise: boolean,
): boolean {
  if (ignore !== undefined) return !matchesPatterns(name, items(ignore).map(String));
  return only === undefined ? otherwise : matchesPatterns(name, items(only).map(String));
}

/** Patterns in order; one with `!` takes back what an earlier one matched. */
function matchesPatterns(name: string, patterns: readonly string[]): boolean {
  return patterns.reduce(
    (matched, pattern) =>
      pattern.startsWith("!")
        ? matched && !toRegExp(pattern.slice(1)).test(name)
        : matched || toRegExp(pattern).test(name),
    false,
  );
}

/** GitHub's filter patterns: `*` stops at a slash, `**` does not; `?`, `+` and `[…]` as in a regular expression. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*|\*|[.^${}()|\\]/g, (part) =>
    part === "**" ? ".*" : part === "*" ? "[^/]*" : `\\${part}`,
  );
  return new RegExp(`^${source}$`);
}

/** The `inputs` of a run by hand, as the types of `on.workflow_dispatch` make them. */
export function dispatchInputs(on: TemplateToken, event: RecordedEvent, where: string): PlainMap {
  const about = entries(on).find(([name]) => name === "workflow_dispatch")?.[1];
  if (event.name !== "workflow_dispatch" || !isMapping(about)) return {};
  const given = (event.payload.inputs ?? {}) as Readonly<Record<string, string>>;
  const declared = entries(fields(about, where, ["inputs"]).inputs);
  for (const name of Object.keys(given)) {
    if (!declared.some(([input]) => input === name)) throw new Refusal(`${where} has no input \`${name}\`.`);
  }
  return Object.fromEntries(
    declared.map(([name, input]) => {
      const parts = fields(input, where, [
        "description",
        "type",
        "default",
        "required",
        "options",
        "deprecationMessage",
      ]);
      const text = given[name] ?? parts.default?.toString() ?? "";
      if (parts.required?.toString() === "true" && text === "")
        throw new Refusal(`${where} needs the input \`${name}\`.`);
      const type = parts.type?.toString();
      return [name, type === "boolean" ? text === "true" : type === "number" ? Number(text) : text];
    }),
  );
}
