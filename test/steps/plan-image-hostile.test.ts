import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pullRequest, push } from "../../doubles/events.ts";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { runPlanImage, startExample } from "../../tools/benchmarks/plan-image-run.ts";

let gitHub: GitHubDouble;
let home: string;
beforeAll(async () => {
  gitHub = await startExample();
  home = mkdtempSync(join(tmpdir(), "longshore-home-"));
});
afterAll(async () => {
  await gitHub.stop();
  rmSync(home, { recursive: true });
});

const branches: readonly (readonly [string, string])[] = [
  ["a command substitution", "$(touch x)"],
  ["backticks", "`id`"],
  ["quotes and a semicolon", 'a"b;c'],
  ["an expression", "${{ secrets.X }}"],
  ["a workflow command", "::set-output name=kind::release"],
  ["a command after white space", "\t ::error::gotcha"],
  ["the older command", "x##[set-output name=kind;]release"],
  ["a command on a line of its own", "x\n::set-output name=kind::release\ny"],
  ["a carriage return", "x\r::set-output name=kind::release"],
  ["the end of an output", "x\nghadelimiter_x\nkind=release"],
  ["300 characters", "long/".repeat(60)],
  ["emoji", "🚢/ship-it-🏴‍☠️"],
  ["right-to-left text", "\u202egnp.exe\u202c-שלום-مرحبا"],
  ["HTML", "<img src=x onerror=alert(1)>"],
  ["a table and a link", "a|b|c [x](https://evil.example) @octocat #1"],
  ["terminal escapes", "\u001b]0;title\u0007\u001b[31mred"],
  ["special characters only", "###"],
  ["a line separator", "a\u2028::error::b"],
];

describe.each(branches)("a branch that is %s", (_name, branch) => {
  test.each([
    ["pull request", pullRequest({}, { ref: branch })],
    ["push", push(`refs/heads/${branch}`)],
  ])("is only text in a %s", async (_event, event) => {
    const run = await runPlanImage(event, gitHub, { env: { HOME: home } });
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);

    // In outputs: legal tags, one label a line, the branch to be had back from its label.
    expect(run.outputs.kind).toBe(event.eventName === "push" ? "feature" : "pull-request");
    for (const tag of run.outputs.tags?.split("\n") ?? []) expect(tag).toMatch(/^\w[\w.-]{0,127}$/u);
    const labels = (run.outputs.labels ?? "").split("\n");
    for (const label of labels) expect(label).toMatch(/^[a-z.-]+=/u);
    expect(readBranch(labels)).toBe(branch);

    // In the log: nothing a runner acts on but the token's mask, nothing a terminal acts on.
    expect(run.commands).toEqual([expect.stringMatching(/^::add-mask::/u)]);
    expect(run.stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(run.stderr).toBe("");

    // In the summary: no HTML, links or mentions of others.
    expect(run.summary).not.toMatch(/<(?!\/?(?:details|summary|code)>)|\]\(|@octocat|[\u202a-\u202e]/u);
    expect(run.summary.match(/^\|.*\|$/gmu)).toHaveLength(2 + (run.outputs.tags?.split("\n").length ?? 0));
    expect(readdirSync(home)).toEqual([]);
  });
});

test.each(branches)("a refused branch that is %s is only text in the error", async (_name, branch) => {
  const run = await runPlanImage(push("refs/heads/main"), gitHub, { inputs: { ref: `${branch}~1` } });
  expect(run.exitCode).toBe(1);
  expect(run.errors).toHaveLength(1);
  expect(run.commands).toHaveLength(2);
  expect(run.errors[0]).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/u);
});

test.each(branches)("a git tag that is %s gives legal tags or is refused", async (_name, tag) => {
  const run = await runPlanImage(push(`refs/tags/${tag}`), gitHub);
  expect(run.commands.filter((line) => !/^::(?:add-mask|error)::/u.test(line))).toEqual([]);
  for (const name of run.outputs.tags?.split("\n") ?? []) expect(name).toMatch(/^\w[\w.-]{0,127}$/u);
});

/** The value of the branch's label; `%` and controls are percent-encoded in it. */
function readBranch(labels: readonly string[]): string | undefined {
  const label = labels.find((line) => line.startsWith("dev.longshore.branch="));
  return label && decodeURIComponent(label.slice("dev.longshore.branch=".length));
}
