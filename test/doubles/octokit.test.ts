import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitHubApiFaults } from "../../doubles/github-api-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";

interface Client {
  request(route: string, parameters?: object): Promise<{ readonly status: number; readonly data: unknown }>;
}
// The steps' own dependency.
const { Octokit } = createRequire(new URL("../../scripts/package.json", import.meta.url))("@octokit/rest") as {
  readonly Octokit: new (options: object) => Client;
};

describe("octokit, on a real checkout that the double has read", () => {
  const folder = mkdtempSync(join(tmpdir(), "double-git-"));
  const who = { NAME: "A", EMAIL: "a@example.org" };
  const roles = ["AUTHOR", "COMMITTER"].flatMap((role) =>
    Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
  );
  const env = { ...process.env, ...Object.fromEntries(roles) };
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", env }).trim();
  const commit = (message: string) => {
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  const repo = { owner: "acme", repo: "app" };
  let double: GitHubDouble;
  let octokit: Client;
  let second = "";

  beforeAll(async () => {
    double = await startGitHubDouble({ checkSchemas: true });
    octokit = new Octokit({ baseUrl: double.url, auth: double.token() });
    git("init", "--quiet", "--initial-branch", "trunk");
    commit("First\n\nWith a body, and \u65e5\u672c\u8a9e.");
    git("tag", "v1.0.0");
    second = commit("Second");
    git("tag", "--annotate", "v1.1.0", "--message", "Release");
    git("branch", "gone");
    await double.repository("acme/app").loadGit(folder);
    git("branch", "--delete", "gone");
    git("checkout", "--quiet", "-b", "feature/x");
    await double.repository("acme/app").loadGit(folder);
  });
  afterAll(async () => {
    await double.stop();
    rmSync(folder, { recursive: true });
  });

  it("finds the default branch, and branches as they are now", async () => {
    expect((await octokit.request("GET /repos/{owner}/{repo}", repo)).data).toMatchObject({ default_branch: "trunk" });
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/branches", repo);
    expect((data as { name: string }[]).map(({ name }) => name)).toEqual(["feature/x", "trunk"]);
  });

  it("finds version tags by their prefix", async () => {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", {
      ...repo,
      ref: "tags/v1",
    });
    expect((data as { ref: string; object: { type: string } }[]).map(({ ref, object }) => [ref, object.type])).toEqual([
      ["refs/tags/v1.0.0", "commit"],
      ["refs/tags/v1.1.0", "tag"],
    ]);
  });

  it("reads commits and compares them", async () => {
    const first = await octokit.request("GET /repos/{owner}/{repo}/commits/{ref}", { ...repo, ref: "tags/v1.0.0" });
    expect(first.data).toMatchObject({
      commit: { message: "First\n\nWith a body, and \u65e5\u672c\u8a9e.", author: { name: "A" } },
    });
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...repo,
      basehead: `v1.0.0...${second}`,
    });
    expect(data).toMatchObject({ status: "ahead", ahead_by: 1, commits: [{ sha: second }] });
  });

  it.each([
    ["a gateway's page", gitHubApiFaults.badGateway, 502, {}],
    ["the secondary limit", gitHubApiFaults.secondaryLimit(7), 403, { "retry-after": "7" }],
    ["the primary limit", gitHubApiFaults.primaryLimit(1_800_000_000), 403, { "x-ratelimit-remaining": "0" }],
  ])("fails on %s with its status and headers", async (_name, action, status, headers) => {
    double.inject({ match: { kind: "repository" }, action });
    const failure = octokit.request("GET /repos/{owner}/{repo}", repo);
    await expect(failure).rejects.toMatchObject({ status, response: { headers } });
  });
});

describe("the check against GitHub's schema", () => {
  it("finds what is missing or of another type", async () => {
    const { checkAnswer } = await import("../../doubles/openapi-schema.ts");
    const answer = (body: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(body) });
    const path = "/repos/{owner}/{repo}/git/matching-refs/{ref}";
    const ref = { ref: "refs/tags/v1", node_id: "x", url: "http://localhost/x" };
    const object = { type: "commit", sha: "a".repeat(40), url: "http://localhost/y" };
    expect(checkAnswer("GET", path, answer([{ ...ref, object }]))).toBeUndefined();
    expect(checkAnswer("GET", path, answer([{ ...ref, object: { ...object, sha: 1 } }]))).toContain(
      "/0/object/sha must be string",
    );
    expect(checkAnswer("GET", path, answer([ref]))).toContain("required property 'object'");
    expect(checkAnswer("GET", path, answer([{ ...ref, object: { ...object, url: "no" } }]))).toContain("format");
    expect(checkAnswer("GET", "/teapot", answer({}))).toContain("not described");
  });
});
