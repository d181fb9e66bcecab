import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";

let double: GitHubDouble;
let token: string;
const shas: Record<string, string> = {};

beforeAll(async () => {
  double = await startGitHubDouble({ checkSchemas: true, people: ["jane"] });
  token = double.token();
  const app = double.repository("acme/App");
  app.describe({ description: "An app", license: "MIT", topics: ["x"] });
  shas.first = app.addCommit({ message: "First", date: "2026-01-01T00:00:00Z" });
  shas.second = app.addCommit({ message: "Second", parents: [shas.first], date: "2026-01-02T00:00:00Z" });
  shas.side = app.addCommit({ message: "Side", parents: [shas.first], date: "2026-01-03T00:00:00Z" });
  shas.orphan = app.addCommit({ message: "Orphan" });
  app.setBranch("main", shas.second);
  app.setBranch("feature/Add_New-Feature", shas.side);
  app.setTag("v1.0.0", shas.first);
  shas.tagObject = app.setTag("v1.1.0", shas.second, { message: "Release" });
  app.setTag("v1.10.0", shas.second);
  app.setTag("api/v2.0.0", shas.second);
  app.addRelease({ tag: "v1.0.0", prerelease: true });
  app.openPullRequest({ number: 12, head: { branch: "feature/x", sha: shas.side } });
  app.openPullRequest({ head: { branch: "patch", sha: shas.side, repository: "jane/App" } });
  const open = double.repository("acme/open");
  open.setVisibility("public");
  open.setBranch("main", open.addCommit());
  double.repository("jane/notes");
  double.repository("acme/empty");
});
afterAll(() => double.stop());

async function get(path: string, authorization: string | undefined = `Bearer ${token}`) {
  const response = await fetch(`${double.url}${path}`, { headers: authorization ? { authorization } : {} });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

describe("what a step reads of a repository", () => {
  it("gives every success in the shape of GitHub's published schema", async () => {
    const paths = [
      "/repos/acme/app",
      "/repos/acme/app/git/matching-refs/tags/v1",
      "/repos/acme/app/git/matching-refs/heads/",
      "/repos/acme/app/git/ref/tags/v1.1.0",
      `/repos/acme/app/git/tags/${shas.tagObject}`,
      "/repos/acme/app/tags",
      `/repos/acme/app/commits/${shas.first}`,
      "/repos/acme/app/commits/feature/Add_New-Feature",
      `/repos/acme/app/git/commits/${shas.second}`,
      "/repos/acme/app/compare/main...feature%2FAdd_New-Feature",
      "/repos/acme/app/branches",
      "/repos/acme/app/branches/feature%2FAdd_New-Feature",
      "/repos/acme/app/pulls?state=all",
      "/repos/acme/app/pulls/12",
      "/repos/acme/app/pulls/13",
      "/repos/acme/app/releases",
      "/users/acme",
      "/users/jane",
      "/rate_limit",
    ];
    const answers = await Promise.all(paths.map(async (path) => ({ path, ...(await get(path)) })));
    const wrong = answers.filter(({ status }) => status !== 200);
    expect(wrong.map(({ path, body }) => ({ path, body }))).toEqual([]);
  });

  it("lists the refs that begin with a prefix, annotated tags by their tag object", async () => {
    const { body } = await get("/repos/acme/app/git/matching-refs/tags/v1.1");
    expect(body.map((ref: { ref: string; object: object }) => [ref.ref, ref.object])).toEqual([
      ["refs/tags/v1.1.0", expect.objectContaining({ type: "tag", sha: shas.tagObject })],
      ["refs/tags/v1.10.0", expect.objectContaining({ type: "commit", sha: shas.second })],
    ]);
    expect((await get("/repos/acme/app/git/matching-refs/tags/none")).body).toEqual([]);
  });

  it.each([
    ["a full sha", () => shas.second],
    ["the first seven of a sha", () => shas.second?.slice(0, 7)],
    ["a branch", () => "main"],
    ["a branch in full", () => "refs/heads/main"],
    ["a tag that is an object of its own", () => "v1.1.0"],
    ["a tag with slashes, encoded", () => "tags%2Fapi%2Fv2.0.0"],
  ])("finds a commit by %s", async (_name, ref) => {
    expect((await get(`/repos/acme/app/commits/${ref()}`)).body.sha).toBe(shas.second);
  });

  it.each([
    ["main", "main", { status: "identical", ahead_by: 0, behind_by: 0 }],
    ["v1.0.0", "main", { status: "ahead", ahead_by: 1, behind_by: 0, total_commits: 1 }],
    ["main", "v1.0.0", { status: "behind", ahead_by: 0, behind_by: 1, total_commits: 0 }],
    ["main", "feature/x", { status: "diverged", ahead_by: 1, behind_by: 1 }],
    ["acme:main", "jane:feature/x", { status: "diverged" }],
  ])("compares %s...%s", async (base, head, expected) => {
    const { body } = await get(`/repos/acme/app/compare/${base}...${encodeURIComponent(head)}`);
    expect(body).toMatchObject(expected);
    if (expected.status === "diverged") expect(body.merge_base_commit.sha).toBe(shas.first);
  });

  it("lists pull requests, newest first, forks by their own repository", async () => {
    const { body } = await get("/repos/acme/app/pulls");
    const facts = body.map((pull: { number: number; head: { repo: { full_name: string; fork: boolean } } }) => [
      pull.number,
      pull.head.repo.full_name,
      pull.head.repo.fork,
    ]);
    expect(facts).toEqual([
      [13, "jane/App", true],
      [12, "acme/App", false],
    ]);
    expect((await get("/repos/acme/app/pulls?head=jane:patch")).body).toHaveLength(1);
    expect((await get("/repos/acme/app/pulls?state=closed")).body).toEqual([]);
  });

  it("tells people from organisations", async () => {
    expect((await get("/users/acme")).body.type).toBe("Organization");
    expect((await get("/users/jane")).body.type).toBe("User");
    expect((await get("/users/nobody")).status).toBe(404);
  });

  it("pages with Link, and every item comes once", async () => {
    const many = double.repository("acme/many");
    const sha = many.addCommit();
    for (let index = 0; index < 65; index += 1) many.setBranch(`b${index}`, sha);
    const names: string[] = [];
    let path: string | undefined = "/repos/acme/many/branches?per_page=30";
    let pages = 0;
    while (path !== undefined) {
      const { body, headers } = await get(path);
      names.push(...body.map((branch: { name: string }) => branch.name));
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
      path = next?.slice(double.url.length);
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(new Set(names).size).toBe(65);
    expect((await get("/repos/acme/many/branches?per_page=1000")).body).toHaveLength(65);
  });
});

describe("what it refuses, in GitHub's words", () => {
  it.each([
    ["a token nobody gave out", "/repos/acme/app", "Bearer ghs_wrong", 401, "Bad credentials"],
    ["a private repository asked by nobody", "/repos/acme/app", "", 404, "Not Found"],
    ["a repository that is not there", "/repos/acme/none", undefined, 404, "Not Found"],
    [
      "a commit that is not there",
      `/repos/acme/app/commits/${"0".repeat(40)}`,
      undefined,
      422,
      /^No commit found for SHA/,
    ],
    [
      "a comparison with an unknown commit",
      `/repos/acme/app/compare/main...${"0".repeat(40)}`,
      undefined,
      404,
      "Not Found",
    ],
    ["an empty repository's commit", "/repos/acme/empty/commits/main", undefined, 409, "Git Repository is empty."],
    ["a pull request that is not there", "/repos/acme/app/pulls/99", undefined, 404, "Not Found"],
    ["a path it does not serve", "/teapot", undefined, 404, "Not Found"],
  ])("%s", async (_name, path, authorization, status, message) => {
    const answer = await get(path, authorization);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
      documentation_url: expect.stringMatching(/^https:\/\/docs\.github\.com\/rest/),
      status: String(status),
    });
    expect(answer.headers.get("x-github-request-id")).toMatch(/^[0-9A-F]{20}$/);
  });

  it("commits without shared history", async () => {
    const { status, body } = await get(`/repos/acme/app/compare/main...${shas.orphan}`);
    expect([status, body.message]).toEqual([404, `No common ancestor between main and ${shas.orphan}.`]);
  });

  it("a workflow whose permissions leave something out, on private repositories only", async () => {
    const poor = `Bearer ${double.token({ contents: "none", pullRequests: "none" })}`;
    for (const path of ["/repos/acme/app/branches", "/repos/acme/app/pulls"]) {
      const { status, body } = await get(path, poor);
      expect([status, body.message]).toEqual([403, "Resource not accessible by integration"]);
    }
    expect((await get("/repos/acme/app", poor)).status).toBe(200);
    expect((await get("/repos/acme/open/branches", poor)).status).toBe(200);
  });

  it("another repository's token", async () => {
    const other = `Bearer ${double.token({ only: ["acme/open"] })}`;
    expect((await get("/repos/acme/app", other)).status).toBe(404);
    expect((await get("/repos/acme/open", other)).status).toBe(200);
  });

  it("a token whose hour is used up, after saying how it goes", async () => {
    const short = `Bearer ${double.token({ requestsPerHour: 1 })}`;
    const first = await get("/repos/acme/app", short);
    expect(first.headers.get("x-ratelimit-remaining")).toBe("0");
    const second = await get("/repos/acme/app", short);
    expect([second.status, second.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    expect(second.body.message).toMatch(/^API rate limit exceeded/);
    expect((await get("/rate_limit", short)).body.rate.remaining).toBe(0);
  });
});
