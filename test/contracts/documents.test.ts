import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { jobsInSeries, writers } from "../../tools/docs/contract-tables.ts";
import { blockArguments, writeBlocks } from "../../tools/docs/generated-blocks.ts";
import { productPaths, readFromRoot, root, stepNames } from "../../tools/workflows/workflow-files.ts";
import { readWorkflow } from "../../tools/workflows/workflow-model.ts";

const documents = [root, join(root, "docs"), join(root, ".github")]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name).slice(root.length + 1)))
  .filter((path) => path.endsWith(".md"));

/** A heading's anchor as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function brokenLinks(path: string): readonly string[] {
  const links = [...readFromRoot(path).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : join(dirname(path), file);
    if (!existsSync(join(root, target))) return true;
    const headings = [...readFromRoot(target).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ""));
    return anchor !== undefined && !headings.includes(anchor);
  });
}

describe.each(documents)("%s", (path) => {
  test("has generated parts that are what their sources say", () => {
    const text = readFromRoot(path);
    expect(text === writeBlocks(text, writers), "run `pnpm write-docs`").toBe(true);
  });

  test("links to nothing that does not exist", () => {
    expect(brokenLinks(path)).toEqual([]);
  });
});

test("docs/workflows.md has every workflow that products call", () => {
  const names = productPaths.map((path) => path.replace(".github/workflows/", "").replace(".yml", ""));
  expect([...blockArguments(readFromRoot("docs/workflows.md"), "workflow")].sort()).toEqual(names);
});

test("docs/steps.md has every step", () => {
  expect([...blockArguments(readFromRoot("docs/steps.md"), "step")].sort()).toEqual(stepNames);
});

test("as many jobs in series lead to the named and to the shipped image as the README says", () => {
  const words = ["none", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
  const count = (name: string, last?: string) =>
    words[jobsInSeries(readWorkflow(name, readFromRoot(`.github/workflows/${name}`)), last)];
  const readme = readFromRoot("README.md");
  expect(readme).toContain(`${count("build-image.yml")} jobs in series from the event to the named image`);
  expect(readme).toContain(`${count("ship-image.yml", "promote")} jobs in series to an image that is shipped`);
});

test("a generated part that is out of date is told", () => {
  const text = "<!-- generated: step plan-image -->\nold\n<!-- end -->";
  expect(writeBlocks(text, writers)).not.toBe(text);
  expect(() => writeBlocks(text.replace("plan-image", "plan-imag"), writers)).toThrow("nothing to generate");
});
