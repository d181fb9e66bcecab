import { expect, test } from "vitest";
import { retentionRules } from "../../packages/cleanup/src/rules/retention-rules.ts";
import { readFromRoot } from "../../tools/workflows/workflow-files.ts";

const document = readFromRoot("docs/retention.md");

test("docs/retention.md has every rule, in the order of the list", () => {
  const [, table = ""] = /\| rule \| keeps \|\n([\s\S]*?)\n\n/.exec(document) ?? [];
  const told = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
  const names = retentionRules.map(({ name }) => name);
  expect(told.slice(0, names.length)).toEqual(names);
});

test.each([
  ["pull-request-max-age", "24h"],
  ["feature-max-age", "7d"],
  ["untagged-grace", "24h"],
])("docs/retention.md has the default of %s", (input, value) => {
  const defaults = readFromRoot("scripts/prune-images/action.yml");
  expect(defaults).toMatch(new RegExp(`  ${input}:\\n    description: .*\\n    default: ${value}\\n`));
  expect(document).toContain(`\`${input}\` (${value})`);
});
