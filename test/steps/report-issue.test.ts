import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import type { HealthReport } from "../../scripts/lib/scans/health-report.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";

let github: GitHubDouble;
let folder: string;
let repository: string;
let count = 0;

beforeAll(async () => {
  github = await startGitHubDouble({ checkSchemas: true });
  folder = await mkdtemp(join(tmpdir(), "longshore-issue-"));
});
beforeEach(() => {
  count += 1;
  repository = `acme/app-${count}`;
  github.repository(repository);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await github.stop();
});

const digest = `sha256:${"a".repeat(64)}`;

/** A report of one image, with a tag for each problem. */
function reportOf(...problems: readonly (readonly [tag: string, detail: string])[]): HealthReport {
  const about = { digest, revision: "", created: "", manifests: { "linux/amd64": digest } };
  const bad = problems.map(([tag, detail]) => ({
    ...{ tag, ...about, problems: [{ kind: "missing-platform" as const, detail }] },
  }));
  const images = [{ image: "ghcr.io/acme/app", problems: [], tags: [{ tag: "1", ...about, problems: [] }, ...bad] }];
  const run = "https://github.com/acme/app/actions/runs/4711";
  return { format: "longshore-verify-1", checkedAt: "2026-11-01T00:00:00.000Z", run, images };
}

function report(content: unknown, inputs: BundleOptions["inputs"] = {}) {
  const path = join(folder, `${count}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return runBundle("report-issue", {
    inputs: { report: path, token: github.token({ issues: "write" }), ...inputs },
    env: { GITHUB_REPOSITORY: repository, GITHUB_API_URL: github.url },
  });
}

const issues = () => github.repository(repository).issues();
const open = () => issues().filter(({ state }) => state === "open");
const bad = reportOf(["latest", "The image has no linux/arm64, only linux/amd64."]);

describe("one issue", () => {
  it("is opened, updated however often, closed when all is well, and opened anew", async () => {
    const first = await report(bad);
    expect(first.errors).toEqual([]);
    expect(first.outputs).toEqual({ outcome: "opened", issue: "1", url: `${github.url}/${repository}/issues/1` });
    expect(open()).toMatchObject([
      { number: 1, title: "Published images need attention", labels: ["image-health"], user: "github-actions[bot]" },
    ]);
    expect(open()[0]?.body).toContain("| `ghcr.io/acme/app:latest` | missing-platform |");
    for (const tag of ["1.2", "main", "1.2"]) {
      const run = await report(reportOf([tag, "It is gone."]));
      expect(run.outputs).toMatchObject({ outcome: "updated", issue: "1" });
    }
    expect(issues()).toHaveLength(1);
    expect(open()[0]?.body).toContain("`ghcr.io/acme/app:1.2`");
    expect(open()[0]?.body).not.toContain("latest");
    expect((await report(reportOf())).outputs).toMatchObject({ outcome: "closed", issue: "1" });
    expect(open()).toEqual([]);
    expect((await report(reportOf())).outputs).toEqual({ outcome: "none", issue: "", url: "" });
    expect((await report(bad)).outputs).toMatchObject({ outcome: "opened", issue: "2" });
  });

  it("is neither opened nor closed by what could not be checked", async () => {
    const detail = "The signature could not be checked, which says nothing about the image: 503.";
    const unchecked = { kind: "not-checked" as const, detail };
    const onlyUnchecked: HealthReport = {
      ...reportOf(),
      images: reportOf().images.map((it) => ({ ...it, problems: [unchecked] })),
    };
    expect((await report(onlyUnchecked)).outputs.outcome).toBe("none");
    expect(issues()).toEqual([]);
    await report(bad);
    const quiet = await report(onlyUnchecked);
    expect(quiet.outputs.outcome).toBe("none");
    expect(quiet.stdout).toContain("no issue is opened, and none is closed");
    expect(open()[0]?.body).toContain("ghcr.io/acme/app:latest");
    const both = { ...bad, images: bad.images.map((it) => ({ ...it, problems: [unchecked] })) };
    expect((await report(both)).outputs.outcome).toBe("updated");
    expect(open()[0]?.body).toContain("| not-checked | The signature could not be checked");
  });

  it("stays one where the answer to its opening was lost", async () => {
    const fault = github.inject({ match: { kind: "issue-create" }, action: { type: "reset-after-effect" } });
    const run = await report(bad);
    expect(fault.struck).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: "opened", issue: "1" });
    expect(issues()).toHaveLength(1);
  });

  it("is opened after all where GitHub failed before", async () => {
    const action = { type: "answer", status: 502, body: "<html>" } as const;
    github.inject({ match: { kind: "issue-create" }, action });
    expect((await report(bad)).outputs.outcome).toBe("opened");
    expect(issues()).toHaveLength(1);
  });

  it("becomes one again where there were two", async () => {
    await report(bad);
    const [known] = open();
    const headers = { authorization: `Bearer ${github.token({ issues: "write" })}` };
    const body = JSON.stringify({ title: "Twin", body: known?.body, labels: known?.labels });
    await fetch(`${github.url}/repos/${repository}/issues`, { method: "POST", headers, body });
    expect((await report(bad)).outputs).toMatchObject({ outcome: "updated", issue: "1" });
    expect(open().map(({ number }) => number)).toEqual([1]);
  });

  it("is not mistaken for a stranger's that says the same, nor for that of another name", async () => {
    const headers = { authorization: `Bearer ${github.token({ user: "mallory", issues: "write" })}` };
    const body = JSON.stringify({ title: "Mine", body: "<!-- longshore-verify: images -->" });
    await fetch(`${github.url}/repos/${repository}/issues`, { method: "POST", headers, body });
    await report(bad, { name: "other" });
    expect((await report(bad)).outputs).toMatchObject({ outcome: "opened", issue: "3" });
    expect((await report(reportOf())).outputs).toMatchObject({ outcome: "closed", issue: "3" });
    expect(open().map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("untrusted text in it", () => {
  it.each([
    ["a mention", "@octocat look", /@octocat/u],
    ["a link", "[here](https://evil.example)", /\]\(https:\/\/evil/u],
    ["HTML", "<img src=x onerror=alert(1)>", /<img/u],
    ["a table cell", "a | b\nc | d", /a \| b/u],
    ["another marker", "<!-- longshore-verify: other -->", /<!-- longshore-verify: other/u],
    ["a workflow command", "\n::error::owned", /^::error/mu],
  ])("%s is shown and does nothing", async (_what, hostile, live) => {
    const run = await report(reportOf([hostile, hostile]));
    expect(run.exitCode).toBe(0);
    // What is code is shown as it is.
    expect(open()[0]?.body.replace(/`[^`\n]*`/gu, "")).not.toMatch(live);
    expect(run.commands.filter((line) => !line.includes("add-mask"))).toEqual([]);
  });

  it("of any amount fits", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => [`t${index}`, "@".repeat(200)] as const);
    const run = await report(reportOf(...many));
    expect(run.errors).toEqual([]);
    expect(open()[0]?.body.length).toBeLessThan(65_536);
    expect(open()[0]?.body).toMatch(/\d+ more are in the report\./u);
  });
});

describe("what is wrong is told in one sentence", () => {
  it.each([
    ["no report", "{}", {}, "no report of verify-image"],
    [
      "a digest that is none",
      JSON.stringify(bad).replace(/"digest":"[^"]*"/u, '"digest":"sha256:../x"'),
      {},
      "no report of verify-image",
    ],
    ["a report of 70 MB", JSON.stringify(bad) + " ".repeat(70_000_000), {}, "no JSON file that can be read"],
    ["a report that is no JSON", "nope", {}, "no JSON file that can be read"],
    ["a name that could end the marker", bad, { name: "x --> y" }, "Input `name`"],
    ["a label that would be two", bad, { label: "a,b" }, "Input `label`"],
    ["a repository that is none", bad, { repository: "../x/y" }, "must be `owner/name`"],
  ])("%s", async (_what, content, inputs, words) => {
    const run = await report(content, inputs);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(words);
  });

  it("a token that may not", async () => {
    const run = await report(bad, { token: github.token({ issues: "read" }) });
    expect(run.errors).toEqual([
      `The token may not write issues of ${repository} (403): grant the job \`issues: write\`.`,
    ]);
  });
});
