import { expect, test } from "vitest";
import { readFromRoot } from "../../tools/workflows/workflow-files.ts";
import { type Input, readAction, readWorkflow } from "../../tools/workflows/workflow-model.ts";

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

test("what a caller gives to build-image it can give to ship-image, with the same default; moving tags always wait", () => {
  const ship = readWorkflow("ship-image.yml", readFromRoot(".github/workflows/ship-image.yml"));
  const inputs = ship.on.workflow_call?.inputs ?? {};
  const bare = ({ type, default: value }: Input) => ({ type, default: value });
  const names = Object.keys(buildInputs).filter((name) => name !== "moving-tags");
  expect(names.map((name) => [name, inputs[name] && bare(inputs[name])])).toEqual(
    names.map((name) => [name, buildInputs[name] && bare(buildInputs[name])]),
  );
  expect(ship.jobs.build?.with).toEqual({
    "moving-tags": "defer",
    ...Object.fromEntries(names.map((name) => [name, `\${{ inputs.${name} }}`])),
  });
});

test.each([
  ["scan-image", "scan"],
  ["sign-image", "sign"],
])("an input that ship-image shares with %s has its default", (name, job) => {
  const part =
    readWorkflow(`${name}.yml`, readFromRoot(`.github/workflows/${name}.yml`)).on.workflow_call?.inputs ?? {};
  const ship = readWorkflow("ship-image.yml", readFromRoot(".github/workflows/ship-image.yml"));
  const inputs = ship.on.workflow_call?.inputs ?? {};
  const shared = Object.entries(ship.jobs[job]?.with ?? {})
    .filter(([input, given]) => given === `\${{ inputs.${input} }}` && !(input in buildInputs))
    .map(([input]) => input);
  expect(shared).not.toEqual([]);
  expect(shared.map((input) => [input, inputs[input]?.default])).toEqual(
    shared.map((input) => [input, part[input]?.default]),
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

test("what decides which files are checked out is told to the build, which compares it with the image of before", () => {
  const steps = build.jobs.amd64?.steps ?? [];
  const inputsOf = (uses: string) =>
    Object.values(steps.find((step) => step.uses?.startsWith(uses))?.with ?? {}).flatMap((value) =>
      [...String(value).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name),
    );
  expect(inputsOf("actions/checkout@")).toContain("submodules");
  expect(inputsOf("$/scripts/build-platform")).toEqual(expect.arrayContaining(inputsOf("actions/checkout@")));
});
