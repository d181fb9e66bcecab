import { describe, expect, test } from "vitest";
import { permissionUnion } from "../../tools/workflows/permission-union.ts";
import { examplePaths, productPaths, readFromRoot, workflowPaths } from "../../tools/workflows/workflow-files.ts";
import { readWorkflow } from "../../tools/workflows/workflow-model.ts";
import { rules } from "./rules/all.ts";

describe.each([...workflowPaths, ...examplePaths])("%s", (path) => {
  const workflow = readWorkflow(path, readFromRoot(path));

  test.each(Object.entries(rules))("keeps %s", (_name, rule) => {
    expect(rule(workflow, readFromRoot)).toEqual([]);
  });

  test("begins with a comment that says what it is", () => {
    expect(workflow.text).toMatch(/^# \S/);
  });
});

/** A scope more breaks every caller before its run starts: such a change is a new major version, made here on purpose. */
const granted = {
  ".github/workflows/build-image.yml": { contents: "read", packages: "write" },
  ".github/workflows/preview-prune.yml": { contents: "read", packages: "read", "pull-requests": "read" },
  ".github/workflows/promote-image.yml": { contents: "read", packages: "write" },
  ".github/workflows/prune-images.yml": { contents: "read", packages: "write", "pull-requests": "read" },
  ".github/workflows/rebuild-image.yml": { contents: "read", packages: "write" },
  ".github/workflows/restore-images.yml": { actions: "read", packages: "write" },
  ".github/workflows/scan-image.yml": { contents: "read", packages: "read", "security-events": "write" },
  ".github/workflows/ship-image.yml": {
    attestations: "write",
    contents: "read",
    "id-token": "write",
    packages: "write",
    "security-events": "write",
  },
  ".github/workflows/sign-image.yml": {
    attestations: "write",
    contents: "read",
    "id-token": "write",
    packages: "write",
  },
  ".github/workflows/verify-image.yml": {
    attestations: "read",
    contents: "read",
    issues: "write",
    packages: "read",
  },
};

test("a caller grants exactly what it granted to the last release", () => {
  const unions = productPaths.map((path) => [
    path,
    permissionUnion(readWorkflow(path, readFromRoot(path)), readFromRoot),
  ]);
  expect(Object.fromEntries(unions)).toEqual(granted);
});

test.each(productPaths)("there is an example of %s", (path) => {
  const callers = examplePaths.filter((example) => readFromRoot(example).includes(`/${path}@v1`));
  expect(callers).not.toEqual([]);
});

test.each(examplePaths)("%s fits on a screen", (path) => {
  expect(readFromRoot(path).trimEnd().split("\n").length).toBeLessThanOrEqual(30);
});
