import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import type { WorkflowRunInput } from "../../doubles/workflow-run.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";
import { goes, runPrune, start, startPopulated, stays } from "./prune-images-run.ts";

const day = 86_400_000;
let double: GitHubDouble;
let now = start;
let folder: string;
let report: string;

beforeEach(async () => {
  now = start;
  double = await startPopulated({ now: () => new Date(now) });
  folder = mkdtempSync(join(tmpdir(), "longshore-report-"));
  report = join(folder, "report.json");
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await double.stop();
});

async function pruneAll(): Promise<void> {
  const run = await runPrune(double);
  expect(run.outputs).toMatchObject({ removed: `${goes}` });
  writeFileSync(report, run.reportText);
  double.clearRequests();
}

const restore = (inputs: Readonly<Record<string, string>>, options: BundleOptions = {}) =>
  runBundle("restore-images", {
    inputs: { token: double.token(), registry: double.url, ...inputs },
    env: { GITHUB_API_URL: double.url, GITHUB_REPOSITORY: "acme/app", GITHUB_REPOSITORY_OWNER: "acme" },
    ...options,
  });

const there = () => double.registry.versions("acme/app").filter(({ deletedAt }) => deletedAt === undefined).length;

describe("restore-images", () => {
  test("brings back all that a prune removed, with its tags, children before parents", async () => {
    const before = double.registry.tags("acme/app");
    await pruneAll();
    const order: string[] = [];
    double.onRequest(({ kind, when, path }) => {
      if (kind !== "package-version-restore" || when !== "after") return;
      const id = Number(/versions\/(\d+)/u.exec(path)?.[1]);
      const version = double.registry.versions("acme/app").find((each) => each.id === id);
      order.push(version?.tags.length === 0 ? "part" : "index");
    });
    const run = await restore({ report });
    expect(run.errors).toEqual([]);
    expect(run.outputs).toEqual({ planned: `${goes}`, restored: `${goes}`, failed: "0", "missing-tags": "" });
    expect(double.registry.tags("acme/app")).toEqual(before);
    expect(there()).toBe(goes + stays);
    expect(order.slice(0, 4)).toEqual(Array(4).fill("part"));
    expect(run.summary).toContain("`feature-gone-abc1234`");
  });

  test("brings back one image by its tag or digest, with its parts", async () => {
    const digest = double.registry.tags("acme/app")["pr-2-abc1231"] ?? "";
    await pruneAll();
    const run = await restore({ report, digests: "feature-gone-abc1234" });
    expect(run.outputs).toMatchObject({ restored: "5" });
    expect((await restore({ report, digests: digest })).outputs).toMatchObject({ restored: "5" });
    expect(Object.keys(double.registry.tags("acme/app"))).toEqual(
      expect.arrayContaining(["feature-gone-abc1234", "pr-2-abc1231"]),
    );
    expect(there()).toBe(stays + 10);
  });

  test("needs no report where digests are given: the parts are found in the image that is back", async () => {
    const digest = double.registry.tags("acme/app")["pr-2-abc1231"] ?? "";
    await pruneAll();
    const run = await restore({ package: "app", digests: digest });
    expect(run.errors).toEqual([]);
    expect(there()).toBe(stays + 5);
  });

  test("only says what it would do in a dry run", async () => {
    await pruneAll();
    const run = await restore({ report, "dry-run": "true" });
    expect(run.outputs).toMatchObject({ planned: `${goes}`, restored: "0" });
    expect(run.stdout).toContain("Would restore feature-gone-abc1234");
    expect(there()).toBe(stays);
    expect(double.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("run again changes nothing and succeeds", async () => {
    await pruneAll();
    await restore({ report });
    double.clearRequests();
    const run = await restore({ report });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ restored: `${goes}` });
    expect(double.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });

  test("says which tags another version holds now", async () => {
    await pruneAll();
    double.registry.tag("acme/app", "pr-2-abc1231", "1.0.9");
    const run = await restore({ report });
    expect(run.exitCode).toBe(0);
    expect(run.outputs["missing-tags"]).toBe("pr-2-abc1231");
    expect(run.warnings).toEqual([expect.stringContaining("pr-2-abc1231")]);
  });

  test("says what is too old to come back, and fails", async () => {
    await pruneAll();
    now += 31 * day;
    const run = await restore({ report });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ restored: "0", failed: `${goes}` });
    expect(run.stdout).toContain("30 days");
    expect(there()).toBe(stays);
  });

  test("leaves an image away that would come back without one of its parts", async () => {
    await pruneAll();
    const refused = double.inject({
      match: { kind: "package-version-restore" },
      action: { type: "answer", status: 400, body: { message: "no" } },
    });
    double.inject({ match: { kind: "package-version" }, action: { type: "answer", status: 404, body: {} } });
    const run = await restore({ report, digests: "pr-2-abc1231" });
    expect(refused.struck).toBe(1);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("would be broken");
    expect(double.registry.tags("acme/app")).not.toHaveProperty("pr-2-abc1231");
  });

  test.each(["reset-before", "reset-after-effect"] as const)("survives a %s of any request", async (type) => {
    await pruneAll();
    for (const skip of [0, 12]) double.inject({ skip, action: { type } });
    const run = await restore({ report });
    expect(run.errors).toEqual([]);
    expect(there()).toBe(goes + stays);
  });

  test("tells a token that may not restore how to get the right", async () => {
    await pruneAll();
    const run = await restore({ report, token: double.token({ deletesPackages: false }) });
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(/restore|Admin role/u);
  });

  test("plans only from a terminal, until it is told to apply", async () => {
    await pruneAll();
    const env = { GITHUB_API_URL: double.url, GITHUB_ACTIONS: undefined, GH_TOKEN: double.token() };
    const args = ["--report", report, "--registry", double.url, "--owner", "acme"];
    const dry = await runBundle("restore-images", { args, env });
    expect(dry.exitCode).toBe(0);
    expect(there()).toBe(stays);
    await runBundle("restore-images", { args: [...args, "--apply"], env });
    expect(there()).toBe(goes + stays);
  });
});

describe("a report is not believed", () => {
  const other = `sha256:${"0".repeat(64)}`;
  const change = (edit: (text: string) => string) => writeFileSync(report, edit(readFileSync(report, "utf8")));

  test.each<[string, (text: string) => string, RegExp]>([
    [
      "of another registry",
      (text) => text.replace(/"registry": ".*?"/u, '"registry": "evil.example"'),
      /"evil\.example"/u,
    ],
    [
      "of a registry on this machine",
      (text) => text.replace(/"registry": ".*?"/u, '"registry": "127.0.0.1:9"'),
      /"127/u,
    ],
    ["of another owner", (text) => text.replace(/"owner": ".*?"/u, '"owner": "stranger"'), /"stranger"/u],
    ["of a package with a pattern", (text) => text.replace('"package":"app"', '"package":"*"'), /"\*" is no package/u],
    ["of a package elsewhere", (text) => text.replace('"package":"app"', '"package":"../x"'), /is no package/u],
    ["with a tag that is none", (text) => text.replace("pr-2-abc1231", "a\\n::error::b"), /make no sense/u],
    ["with a part that is none", (text) => text.replace(/"parts":\["sha256:/u, '"parts":["../'), /make no sense/u],
    ["with an id that is none", (text) => text.replaceAll(/"id":\d+/gu, '"id":-1'), /make no sense/u],
  ])("%s: refused before anything is asked", async (_what, edit, words) => {
    await pruneAll();
    change(edit);
    const run = await restore({ report });
    expect([run.exitCode, run.errors]).toEqual([1, [expect.stringMatching(words)]]);
    expect(double.requests).toEqual([]);
  });

  test("about an id: what comes back has the digest that the report names", async () => {
    await pruneAll();
    const versions = double.registry.versions("acme/app").filter(({ deletedAt }) => deletedAt !== undefined);
    const [wanted, another] = [versions.find(({ tags }) => tags.includes("pr-2-abc1231")), versions.at(-1)];
    change((text) => text.replace(`"id":${wanted?.id},`, `"id":${another?.id},`));
    const run = await restore({ report, digests: wanted?.digest ?? other });
    expect(run.errors).toEqual([]);
    expect(Object.keys(double.registry.tags("acme/app"))).toContain("pr-2-abc1231");
  });

  test.each<[string, WorkflowRunInput, RegExp | undefined]>([
    ["of this repository", { event: "schedule", calls: ["x/y/.github/workflows/prune-images.yml@v1"] }, undefined],
    [
      "of a branch, that pruned",
      { event: "workflow_dispatch", branch: "next", calls: ["x/y/.github/workflows/prune-images.yml@v1"] },
      undefined,
    ],
    ["of the default branch, of which nothing more is told", { event: "workflow_dispatch" }, undefined],
    [
      "whose workflow is told with its branch",
      { event: "schedule", path: ".github/workflows/prune.yml@main" },
      undefined,
    ],
    [
      "for a fork's pull request, of the base's code",
      { event: "pull_request_target", headRepository: "a/b", calls: ["x/y/.github/workflows/prune-images.yml@v1"] },
      undefined,
    ],
    ["of a fork", { event: "pull_request", headRepository: "stranger/app" }, /ran what "stranger\/app" pushed/u],
    ["of a fork that is gone", { event: "pull_request", headRepository: "" }, /a repository that is gone/u],
    [
      "for a fork's pull request, of which nothing more is told",
      { event: "pull_request_target", headRepository: "a/b" },
      /called no workflow.*pull request of "a\/b"/u,
    ],
    [
      "of another branch, of which nothing more is told",
      { event: "pull_request", branch: "next" },
      /called no workflow.*"next".*not the default branch main/u,
    ],
    [
      "whose workflow is of another branch",
      { path: ".github/workflows/prune.yml@refs/heads/next" },
      /called no workflow.*"next"/u,
    ],
    [
      "whose workflow is another repository's",
      { path: "a/b/.github/workflows/prune.yml@main" },
      /called no workflow.*"a\/b\/\.github\/workflows\/prune\.yml@main"/u,
    ],
    ["that pruned nothing", { calls: ["x/y/.github/workflows/build-image.yml@v1"] }, /not `prune-images\.yml`/u],
    ["of another number", { id: 8 }, /does not show as a run of acme\/app/u],
  ])("of a run %s", async (_what, input, words) => {
    await pruneAll();
    double.repository("acme/app").addRun({ id: 7, ...input });
    const run = await restore({ report, "run-id": "7", "run-token": double.token({ actions: "read" }) });
    expect(run.errors).toEqual(words === undefined ? [] : [expect.stringMatching(words)]);
    expect(there()).toBe(words === undefined ? goes + stays : stays);
    const about = double.requests.filter(({ path }) => path.includes("/actions/") || path === "/repos/acme/app");
    expect(double.requests.length > about.length).toBe(words === undefined);
  });
});

test("a run that the token may not read is told by the permission that it lacks", async () => {
  await pruneAll();
  const run = await restore({ report, "run-id": "7", "run-token": double.token() });
  expect([run.exitCode, run.errors]).toEqual([1, [expect.stringContaining("`actions: read`")]]);
  expect(there()).toBe(stays);
});

describe("wrong inputs end the step before anything is asked", () => {
  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{}, /report.*digests.*missing/u],
    [{ report: "/nowhere.json" }, /\/nowhere\.json.*cannot be read/u],
    [{ digests: "latest", package: "app" }, /latest.*digests/u],
    [{ digests: `sha256:${"0".repeat(64)}` }, /package/u],
    [{ digests: `sha256:${"0".repeat(64)}`, package: "app*" }, /app\*/u],
    [{ digests: `sha256:${"0".repeat(64)}`, package: "app", "run-id": "../1" }, /run-id.*number/u],
  ])("%j", async (inputs, message) => {
    const run = await restore(inputs);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(message)]);
    expect(double.requests).toEqual([]);
  });

  test.each(["no json", "{}", '{"format":"longshore-prune-1"}', "[]"])("a report that is %j", async (text) => {
    writeFileSync(report, text);
    const run = await restore({ report });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining("no report of a prune")]);
  });
});
