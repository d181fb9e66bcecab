import type { Pair } from "yaml";
import { isScalar, visit } from "yaml";
import type { Workflow } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

/** The most characters that GitHub lets these be; what is not here has no bound. */
const longest: readonly (readonly [RegExp, number])[] = [
  [/^github\.repository$/, 140],
  [/^github\.repository_owner$/, 39],
  [/^github\.(?:run_id|run_number|run_attempt)$/, 20],
  [/^github\.(?:sha|event\.pull_request\.head\.sha|event\.merge_group\.head_sha)$/, 40],
  [/^github\.event\.pull_request\.number$/, 20],
  [/^github\.event_name$/, 40],
  // Made by plan-image and name-queue: sixteen digits; the input is for that output.
  [/^(?:inputs\.queue|(?:needs\.[\w-]+|steps\.[\w-]+)\.outputs\.queue)$/, 16],
];

/** How long a text with expressions can get at most, in characters. All that an expression could give is added up. */
export function longestText(text: string): number {
  const expressions = [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map((match) => match[1] ?? "");
  const literal = text.replace(/\$\{\{.*?\}\}/gs, "").length;
  return expressions.reduce((sum, expression) => sum + longestValue(expression), literal);
}

function longestValue(expression: string): number {
  const literals = [...expression.matchAll(/'((?:[^']|'')*)'/g)].reduce(
    (sum, match) => sum + (match[1] ?? "").length,
    0,
  );
  const paths = expression.replace(/'(?:[^']|'')*'/g, "").match(/[a-z_]+(?:\.[\w-]+)+/gi) ?? [];
  return paths.reduce((sum, path) => {
    const known = longest.find(([pattern]) => pattern.test(path));
    return sum + (known === undefined ? Number.POSITIVE_INFINITY : known[1]);
  }, literals);
}

function textsAt(workflow: Workflow, key: string): readonly string[] {
  const found: string[] = [];
  visit(workflow.document, {
    Pair: (_at, pair: Pair) => {
      if (isScalar(pair.key) && pair.key.value === key && isScalar(pair.value)) found.push(String(pair.value.value));
    },
  });
  return found;
}

/** A run with a longer group does not start, and a step with a longer key fails: lists of images and packages never stand in them. */
export const groupsAndKeysAreBounded: Rule = (workflow) =>
  (
    [
      ["group", 399],
      ["key", 512],
    ] as const
  ).flatMap(([key, most]) =>
    textsAt(workflow, key)
      .filter((text) => longestText(text) > most)
      .map((text) => `The ${key} ${text} may have more than ${most} characters.`),
  );
