import { expect, test } from "vitest";
import { readFromRoot } from "../../tools/workflows/workflow-files.ts";
import { type Input, readAction, readWorkflow, stepsOf } from "../../tools/workflows/workflow-model.ts";

const workflowOf = (name: string) => readWorkflow(`${name}.yml`, readFromRoot(`.github/workflows/${name}.yml`));
const promote = workflowOf("promote-image");
const build = workflowOf("build-image");
const inputs = promote.on.workflow_call?.inputs ?? {};
const stepInputs = (step: string) => readAction(readFromRoot(`scripts/${step}/action.yml`)).inputs ?? {};

test("builds and promotions of one image wait in one queue", () => {
  const groups = [promote.jobs.promote, build.jobs.merge].map((job) => job?.concurrency);
  for (const { group, ...rest } of groups.map((each) => each ?? { group: "" })) {
    expect(group).toMatch(/^longshore-publish-\$\{\{ (?:inputs\.queue|needs\.[\w-]+\.outputs\.queue) /);
    expect(rest).toEqual({ queue: "max", "cancel-in-progress": false });
  }
});

test("a release is planned by the inputs that the build has, with the same defaults", () => {
  const plan = Object.values(promote.jobs)
    .flatMap(stepsOf)
    .find(({ uses }) => uses === "$/scripts/plan-image");
  const bare = ({ type, default: value }: Partial<Input> = {}) => ({ type, default: value });
  const given = Object.keys(plan?.with ?? {});
  expect(given.map((name) => bare(inputs[name]))).toEqual(
    given.map((name) => bare(build.on.workflow_call?.inputs?.[name])),
  );
});

test("the defaults of promote-image are those of the workflow", () => {
  const step = stepInputs("promote-image");
  const shared = Object.keys(step).filter((name) => name in inputs);
  expect(shared.map((name) => [name, step[name]?.default])).toEqual(
    shared.map((name) => [name, String(inputs[name]?.default)]),
  );
  const own = Object.keys(step).filter((name) => !(name in inputs));
  expect(own).toEqual(["repository", "token"]);
});
