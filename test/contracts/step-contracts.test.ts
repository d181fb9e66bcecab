import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFromRoot, root, stepNames } from "../../tools/workflows/workflow-files.ts";
import { readAction } from "../../tools/workflows/workflow-model.ts";

function sourceOf(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFromRoot(`${folder}/${name}`))
    .join("\n");
}

/** Names that a source hands to the readers of `scripts/lib/step/inputs.ts`. */
function namesRead(source: string): ReadonlySet<string> {
  return new Set(
    [...source.matchAll(/(?<!\.)\bread(?!Flags\b)[A-Z]\w*(?:<[^>]*>)?\(\s*"([a-z][a-z0-9-]*)"/g)].map(
      (match) => match[1] ?? "",
    ),
  );
}

function namesWritten(source: string, names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.filter((name) => new RegExp(`["'\`]${name}["'\`]|\\b${name}:|\\bsetOutput\\("${name}"`).test(source)),
  );
}

describe.each(stepNames)("step %s", (step) => {
  const action = readAction(readFromRoot(`scripts/${step}/action.yml`));
  const own = sourceOf(`scripts/${step}`);
  const inputs = Object.keys(action.inputs ?? {}).sort();

  test("reads every input of its contract, and no other", () => {
    // What two steps read alike is read in lib, where names of other steps are not a fault.
    const shared = [...namesRead(sourceOf("scripts/lib"))].filter((name) => inputs.includes(name));
    expect([...new Set([...namesRead(own), ...shared])].sort()).toEqual(inputs);
  });

  test("writes every output of its contract", () => {
    const outputs = Object.keys(action.outputs ?? {});
    expect([...namesWritten(own, outputs)]).toEqual(outputs);
  });

  test("runs when all its values are there", () => {
    // The module waits for the step, so what stands below it is not set before the step has ended.
    const [, below = ""] = readFromRoot(`scripts/${step}/main.ts`).split(/^await runStep\(/mu);
    expect([...below.matchAll(/^(?:export )?(?:const|let|class) \S+/gmu)].map(([value]) => value)).toEqual([]);
  });

  test("runs as a bundle of this very commit under Node 24", () => {
    const { post, "post-if": _, ...runs } = action.runs;
    expect(runs).toEqual({ using: "node24", main: `../dist/${step}.js` });
    expect([undefined, runs.main]).toContain(post);
  });

  test("describes itself, its inputs and its outputs", () => {
    const described = [action, ...Object.values(action.inputs ?? {}), ...Object.values(action.outputs ?? {})];
    expect(described.filter(({ description }) => !description?.endsWith("."))).toEqual([]);
  });

  test("gives every input that is not required a default that is text", () => {
    const optional = Object.entries(action.inputs ?? {}).filter(([, input]) => !input.required);
    expect(optional.filter(([, input]) => typeof input.default !== "string").map(([name]) => name)).toEqual([]);
  });
});
