import { describe, expect, test } from "vitest";
import { examplePaths, readFromRoot } from "../../tools/workflows/workflow-files.ts";
import { type Input, readAction, readWorkflow, stepsOf } from "../../tools/workflows/workflow-model.ts";

const workflowOf = (name: string) => readWorkflow(`${name}.yml`, readFromRoot(`.github/workflows/${name}.yml`));
const inputsOf = (name: string) => workflowOf(name).on.workflow_call?.inputs ?? {};
const actionInputs = (step: string) => readAction(readFromRoot(`scripts/${step}/action.yml`)).inputs ?? {};

/** What a workflow gives to the step it is made for. */
function givenTo(step: string, name: string): Readonly<Record<string, unknown>> {
  const steps = Object.values(workflowOf(name).jobs).flatMap(stepsOf);
  return steps.find(({ uses }) => uses === `$/scripts/${step}`)?.with ?? {};
}

test("a preview takes what a prune takes, less what only acting needs, with the same types and defaults", () => {
  const bare = ({ type, default: value }: Input) => ({ type, default: value });
  const acting = ["dry-run", "deletes-per-minute"];
  const own = ["report-name", "timeout-minutes"];
  const shared = Object.entries(inputsOf("prune-images")).filter(([name]) => ![...acting, ...own].includes(name));
  const preview = Object.entries(inputsOf("preview-prune")).filter(([name]) => !own.includes(name));
  const pairs = (entries: readonly (readonly [string, Input])[]) => entries.map(([name, input]) => [name, bare(input)]);
  expect(pairs(preview)).toEqual(pairs(shared));
});

test("a preview plans as a prune does, and cannot act", () => {
  const { "dry-run": asked, "deletes-per-minute": _pace, ...prune } = givenTo("prune-images", "prune-images");
  expect(asked).toBe("${{ inputs.dry-run }}");
  expect(givenTo("prune-images", "preview-prune")).toEqual({ ...prune, "dry-run": "true" });
  const levels = Object.values(workflowOf("preview-prune").jobs).flatMap(({ permissions = {} }) =>
    Object.values(permissions),
  );
  expect(new Set(levels)).toEqual(new Set(["read"]));
});

describe.each([
  ["prune-images", "prune-images", []],
  ["restore-images", "restore-images", ["deletes-per-minute"]],
] as const)("%s", (name, step, ownDefaults) => {
  test("gives its step every input, but those whose default serves every caller", () => {
    const given = Object.keys(givenTo(step, name));
    expect(Object.keys(actionInputs(step)).filter((input) => !given.includes(input))).toEqual(ownDefaults);
  });

  test("has the defaults of its step", () => {
    const inputs = inputsOf(name);
    // `${{ github.repository }}` cannot be a workflow's default: there the workflow says `inputs.x || github.repository`.
    const shared = Object.entries(actionInputs(step)).filter(
      ([input, about]) => input in inputs && !String(about.default).includes("${{"),
    );
    expect(shared.map(([input]) => [input, String(inputs[input]?.default)])).toEqual(
      shared.map(([input, about]) => [input, about.default]),
    );
  });
});

describe("a run by hand shows, unless it is asked to act", () => {
  const paths = [...examplePaths, ".github/workflows/self-prune.yml"].filter((path) => path.includes("prune"));

  test.each(paths)("%s", (path) => {
    const workflow = readWorkflow(path, readFromRoot(path));
    const { inputs = {} } = workflow.on.workflow_dispatch ?? {};
    const dryRuns = Object.values(workflow.jobs).map((job) => String(job.with?.["dry-run"] ?? ""));
    if (dryRuns.some((text) => text.includes("inputs.dry-run"))) expect(inputs["dry-run"]?.default).toBe(true);
    if (dryRuns.some((text) => text.includes("inputs.act"))) expect(inputs.act?.default ?? false).toBe(false);
    const byHand = "workflow_dispatch" in workflow.on;
    const acts = Object.values(workflow.jobs).filter(({ uses, if: condition, with: given }) => {
      const asks = `${condition ?? ""}${given?.["dry-run"] ?? ""}`;
      return /(?:prune|restore)-images/.test(uses ?? "") && !/inputs\.(?:dry-run|act)/.test(asks);
    });
    expect(byHand ? acts : []).toEqual([]);
  });
});
