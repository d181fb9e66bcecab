import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parsePlatformSelection, parsePlatforms, selectPlatforms } from "@longshore/publishing";
import { expect, test } from "vitest";
import { readFromRoot } from "../../tools/workflows/workflow-files.ts";
import { jobsOf, readWorkflow } from "../../tools/workflows/workflow-model.ts";

const workflow = readWorkflow("build-image.yml", readFromRoot(".github/workflows/build-image.yml"));
const buildJobs = jobsOf(workflow).filter(([, job]) => job.env?.SELECT !== undefined);

/** What GitHub makes of a job's `if` for the input `platforms`. */
function isSwitchedOn(condition: string, platforms: string): boolean {
  const { tokens } = new Lexer(condition).lex();
  const inputs = new data.Dictionary({ key: "platforms", value: new data.StringData(platforms) });
  const expression = new Parser(tokens, ["inputs"], []).parse();
  const result = new Evaluator(expression, new data.Dictionary({ key: "inputs", value: inputs })).evaluate();
  return result.coerceString() === "true";
}

test.each([
  "linux/amd64,linux/arm64",
  "linux/amd64, linux/arm64",
  "linux/amd64\nlinux/arm64",
  "linux/amd64",
  "linux/arm64",
  "linux/arm64/v8",
  "linux/amd64/v3,linux/amd64",
  "linux/arm64/v9,linux/arm64",
  "linux/arm",
  "linux/arm, linux/amd64",
  "linux/arm/v5,linux/arm/v6,linux/arm/v7",
  "linux/386",
  "linux/loong64",
  "linux/mips64",
  "linux/mips64le",
  "linux/ppc64le",
  "linux/riscv64",
  "linux/s390x",
  "linux/amd64,linux/arm64,linux/arm/v7,linux/riscv64",
])("every platform of %j has the job that builds it", (platforms) => {
  const built = buildJobs
    .filter(([, job]) => isSwitchedOn(job.if ?? "true", platforms))
    .flatMap(([, job]) => selectPlatforms(parsePlatforms(platforms), parsePlatformSelection(String(job.env?.SELECT))));
  expect([...built].sort()).toEqual([...parsePlatforms(platforms)].sort());
});

test.each([
  ["linux/amd64,linux/arm64", ["amd64", "arm64"]],
  ["linux/amd64", ["amd64"]],
  ["linux/arm64", ["arm64"]],
  ["linux/arm/v7", ["other-arm64"]],
  ["linux/s390x", ["other-amd64"]],
])("%s starts no runner but %j", (platforms, jobs) => {
  expect(buildJobs.filter(([, job]) => isSwitchedOn(job.if ?? "true", platforms)).map(([id]) => id)).toEqual(jobs);
});

test("the merge job waits for every job that builds", () => {
  expect(workflow.jobs.merge?.needs).toEqual(buildJobs.map(([id]) => id));
});
