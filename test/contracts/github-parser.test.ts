import { describe, expect, test } from "vitest";
import { examplePaths, readFromRoot, workflowPaths } from "../../tools/workflows/workflow-files.ts";
import { languageServiceProblems, parserProblems } from "./github-parser.ts";

describe.each([...workflowPaths, ...examplePaths])("%s", (path) => {
  test("is valid to GitHub's parser, with the workflows it calls", async () => {
    expect(await parserProblems(path, readFromRoot(path))).toEqual([]);
  });

  test("is valid to GitHub's language service", async () => {
    expect(await languageServiceProblems(path, readFromRoot(path))).toEqual([]);
  });
});
