import { expect, test } from "vitest";
import { buildStep } from "../../scripts/diagnose/read-hits.ts";
import { readFromRoot, workflowPaths } from "../../tools/workflows/workflow-files.ts";
import { jobsOf, readWorkflow } from "../../tools/workflows/workflow-model.ts";

const steps = workflowPaths
  .flatMap((path) => jobsOf(readWorkflow(path, readFromRoot(path))))
  .flatMap(([, job]) => job.steps ?? []);

test("diagnose finds builds by the name that they have in every workflow, and nothing else has", () => {
  const builds = steps.filter(({ uses }) => uses === "$/scripts/build-platform");
  expect(builds.length).toBeGreaterThan(0);
  expect(steps.filter(({ name }) => name === buildStep)).toEqual(builds);
});
