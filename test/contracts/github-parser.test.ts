import { describe, expect, test } from "vitest";
import { languageServiceProblems, parserProblems } from "./github-parser.ts";
import { examplePaths, readFromRoot, workflowPaths } from "./workflow-files.ts";

describe.each([...workflowPaths, ...examplePaths])("%s", (path) => {
  test("is valid to GitHub's parser, with the workflows it calls", async () => {
    expect(await parserProblems(path, readFromRoot(path))).toEqual([]);
  });

  test("is valid to GitHub's language service", async () => {
    expect(await languageServiceProblems(path, readFromRoot(path))).toEqual([]);
  });
});
