import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";

let double: GitHubDouble;
const issues = "/repos/acme/app/issues";

beforeAll(async () => {
  double = await startGitHubDouble({ checkSchemas: true });
  const app = double.repository("acme/app");
  app.setBranch("main", app.addCommit());
  app.openPullRequest({ number: 4, head: { branch: "x", sha: app.addCommit() } });
  app.setCacheUsage({ bytes: 9_000_000_000, count: 12 });
});
afterAll(() => double.stop());

async function ask(path: string, token: string, method = "GET", content?: object) {
  const headers = { authorization: `Bearer ${token}` };
  const body = content === undefined ? {} : { body: JSON.stringify(content) };
  const response = await fetch(`${double.url}${path}`, { method, headers, ...body });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

describe("issues", () => {
  it("are opened, listed by label and creator, changed and closed, in the shape of GitHub's schema", async () => {
    const bot = double.token({ issues: "write" });
    const jane = double.token({ user: "jane", type: "personal", issues: "write" });
    const opened = await ask(issues, bot, "POST", { title: "One", body: "text", labels: ["health"] });
    expect(opened).toMatchObject({ status: 201, body: { number: 5, state: "open", title: "One" } });
    await ask(issues, jane, "POST", { title: "Two" });
    const numbers = async (query: string) =>
      (await ask(`${issues}?${query}`, bot)).body.map(({ number }: { number: number }) => number);
    expect(await numbers("")).toEqual([6, 5]);
    expect(await numbers("labels=health")).toEqual([5]);
    expect(await numbers("creator=jane")).toEqual([6]);
    expect(await ask(`${issues}/5`, bot, "PATCH", { state: "closed", body: "done" })).toMatchObject({
      status: 200,
      body: { state: "closed", body: "done", title: "One" },
    });
    expect(await numbers("")).toEqual([6]);
    expect(await numbers("state=all&direction=asc")).toEqual([5, 6]);
    expect((await ask(`${issues}/5`, bot)).body.state).toBe("closed");
    expect(double.repository("acme/app").issues()).toHaveLength(2);
  });

  it("are not for tokens that may not", async () => {
    expect((await ask(issues, double.token({ issues: "read" }), "POST", { title: "No" })).status).toBe(403);
    expect((await ask(issues, double.token())).status).toBe(403);
    expect((await ask(issues, double.token({ type: "personal" }))).status).toBe(404);
    double.repository("acme/open").setVisibility("public");
    expect((await ask("/repos/acme/open/issues", double.token())).status).toBe(200);
    expect((await ask("/repos/acme/open/issues", double.token(), "POST", { title: "No" })).status).toBe(403);
  });

  it("have a limit of their text, and exist or not", async () => {
    const token = double.token({ issues: "write" });
    expect((await ask(issues, token, "POST", { title: "Long", body: "x".repeat(70_000) })).status).toBe(422);
    expect((await ask(`${issues}/404`, token, "PATCH", { state: "closed" })).status).toBe(404);
  });
});

describe("what diagnoses ask", () => {
  it("is the use of the cache", async () => {
    const { status, body } = await ask("/repos/acme/app/actions/cache/usage", double.token({ actions: "read" }));
    expect(status).toBe(200);
    expect(body).toEqual({
      full_name: "acme/app",
      active_caches_size_in_bytes: 9_000_000_000,
      active_caches_count: 12,
    });
    expect((await ask("/repos/acme/app/actions/cache/usage", double.token())).status).toBe(403);
  });

  it("is which scopes a classic token has; a workflow's has none", async () => {
    const classic = await ask("/rate_limit", double.token({ type: "personal", packages: "read" }));
    expect(classic.headers.get("x-oauth-scopes")).toBe("repo, read:packages");
    expect((await ask("/rate_limit", double.token())).headers.get("x-oauth-scopes")).toBeNull();
  });
});
