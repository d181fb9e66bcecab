import { expect, test } from "vitest";
import { readFromRoot } from "./workflow-files.ts";
import { type Input, readAction, readWorkflow } from "./workflow-model.ts";

const build = readWorkflow("build-image.yml", readFromRoot(".github/workflows/build-image.yml"));
const rebuild = readWorkflow("rebuild-image.yml", readFromRoot(".github/workflows/rebuild-image.yml"));
const buildInputs = build.on.workflow_call?.inputs ?? {};
const rebuildInputs = rebuild.on.workflow_call?.inputs ?? {};

/** What the rebuild decides itself, by `cold` and `refresh-bases`. */
const decided = ["no-cache", "pull", "reuse"];
const passed = Object.keys(buildInputs).filter((name) => !decided.includes(name));

test("what a caller gives to build-image it can give to rebuild-image, with the same type and default", () => {
  const bare = ({ type, default: value }: Input) => ({ type, default: value });
  expect(passed.map((name) => [name, rebuildInputs[name] && bare(rebuildInputs[name])])).toEqual(
    passed.map((name) => [name, buildInputs[name] && bare(buildInputs[name])]),
  );
});

test("a manual rebuild falls back to the defaults of the build", () => {
  const given = rebuild.jobs.build?.with ?? {};
  const fallback = ({ default: value }: Input) =>
    value === "" ? "" : ` || ${typeof value === "string" ? `'${value}'` : String(value)}`;
  const manual = Object.keys(rebuild.on.workflow_dispatch?.inputs ?? {});
  const bare = (name: string) => manual.includes(name) && given[name] === `\${{ inputs.${name} }}`;
  expect(passed.filter((name) => !bare(name)).map((name) => given[name])).toEqual(
    passed.filter((name) => !bare(name)).map((name) => `\${{ inputs.${name}${fallback(buildInputs[name] ?? {})} }}`),
  );
});

test("a manual run asks for at most 25 inputs, GitHub's limit", () => {
  expect(Object.keys(rebuild.on.workflow_dispatch?.inputs ?? {}).length).toBeLessThanOrEqual(25);
});

test.each(["plan-image", "build-platform", "smoke-test", "publish-index"])(
  "the defaults of %s are those of the workflow",
  (step) => {
    const inputs = readAction(readFromRoot(`scripts/${step}/action.yml`)).inputs ?? {};
    const shared = Object.keys(inputs).filter((name) => name in buildInputs && !inputs[name]?.required);
    expect(shared.map((name) => [name, inputs[name]?.default])).toEqual(
      shared.map((name) => [name, String(buildInputs[name]?.default)]),
    );
  },
);
