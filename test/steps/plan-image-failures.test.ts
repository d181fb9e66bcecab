import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pullRequest, push } from "../../doubles/events.ts";
import type { FaultAction } from "../../doubles/fault.ts";
import { gitHubApiFaults } from "../../doubles/github-api-faults.ts";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { runPlanImage, startExample } from "../../tools/benchmarks/plan-image-run.ts";
import { runBundle } from "../../tools/run-bundle.ts";

const inAnHour = Math.floor(Date.now() / 1000) + 3600;
let gitHub: GitHubDouble;
beforeEach(async () => {
  gitHub = await startExample(["v1.2.3"]);
});
afterEach(() => gitHub.stop());

describe.concurrent("a moment's failure of GitHub's API is got over", () => {
  test.each<readonly [string, FaultAction, number]>([
    ["502 with a page", gitHubApiFaults.badGateway, 2],
    ["503", gitHubApiFaults.serviceUnavailable, 1],
    ["500", gitHubApiFaults.serverError, 1],
    ["429 that asks for a pause", gitHubApiFaults.tooManyRequests(1), 1],
    ["429 without a word", { type: "answer", status: 429, body: { message: "slow down" } }, 1],
    ["secondary limit", gitHubApiFaults.secondaryLimit(1), 1],
    ["connection reset", { type: "reset-before" }, 2],
    ["lost reply", { type: "reset-after-effect" }, 1],
    ["answer cut short", { type: "truncate" }, 1],
  ])("%s", async (_name, action, times) => {
    const gitHub = await startExample(["v1.2.3"]);
    gitHub.inject({ match: { kind: "api" }, action, times });
    const run = await runPlanImage(push("refs/tags/v1.2.3"), gitHub);
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(run.outputs["primary-tag"]).toBe("1.2.3");
    expect(run.warnings).toHaveLength(times);
    expect(gitHub.requests).toHaveLength(times + 1);
    await gitHub.stop();
  });

  test("and Retry-After is kept to", async () => {
    const gitHub = await startExample(["v1.2.3"]);
    gitHub.inject({
      match: { kind: "api" },
      action: { ...gitHubApiFaults.serverError, headers: { "retry-after": "2" } },
    });
    const run = await runPlanImage(push("refs/tags/v1.2.3"), gitHub);
    expect(run.warnings).toEqual([expect.stringContaining("in 2 s")]);
    expect(run.exitCode).toBe(0);
    await gitHub.stop();
  });
});

describe.concurrent("what lasts is told in one sentence", () => {
  // Lasting failures take their 15 s of pauses: all at once, each with a GitHub of its own.

  test.each<readonly [string, FaultAction, RegExp, number]>([
    ["server errors", gitHubApiFaults.badGateway, /keeps failing \(502 .*run the job again/u, 5],
    ["broken connections", { type: "reset-before" }, /does not answer .*check GITHUB_API_URL/u, 5],
    ["a limit that ends in an hour", gitHubApiFaults.primaryLimit(inAnHour), /limit .* after \d{4}-/u, 1],
    ["a pause of ten minutes", gitHubApiFaults.tooManyRequests(600), /limit .*run the job again later/u, 1],
    [
      "401",
      { type: "answer", status: 401, body: { message: "Bad credentials" } },
      /refuses the token \(401 Bad credentials\).*`token`/u,
      1,
    ],
    [
      "403",
      { type: "answer", status: 403, body: { message: "Resource not accessible by integration" } },
      /may not read Acme\/App \(403 .*`contents: read`/u,
      1,
    ],
    ["404", { type: "answer", status: 404, body: { message: "Not Found" } }, /404 Not Found.*`contents: read`/u, 1],
    [
      "an answer that is no list",
      { type: "answer", status: 200, body: { hello: "world" } },
      /not what its documentation says/u,
      1,
    ],
    [
      "a page instead of JSON",
      { type: "answer", status: 200, headers: { "content-type": "text/html" }, body: "<p>proxy</p>" },
      /not what its documentation says/u,
      1,
    ],
  ])("%s", async (_name, action, says, calls) => {
    const gitHub = await startExample();
    gitHub.inject({ match: { kind: "api" }, action, times: Number.POSITIVE_INFINITY });
    const run = await runPlanImage(push("refs/tags/v1.2.3"), gitHub);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(says)]);
    expect(run.errors[0]).not.toContain("\n");
    expect(run.outputs).toEqual({});
    expect(gitHub.requests).toHaveLength(calls);
    await gitHub.stop();
  });

  test("a token that may not read contents", async () => {
    const gitHub = await startExample();
    const token = gitHub.token({ contents: "none" });
    const run = await runPlanImage(pullRequest(), gitHub, { inputs: { token } });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining("`contents: read`")]);
    await gitHub.stop();
  });

  test("but a pull request whose commit's date GitHub cannot tell is planned without it", async () => {
    const gitHub = await startExample();
    gitHub.inject({
      match: { path: /git\/commits/u },
      action: { type: "answer", status: 404, body: { message: "Not Found" } },
    });
    const run = await runPlanImage(pullRequest(), gitHub);
    expect(run.exitCode).toBe(0);
    expect(run.warnings).toEqual([expect.stringContaining("date of creation is left out")]);
    expect(run.outputs["primary-tag"]).toMatch(/^pr-/u);
    // Empty, as the base image's would pass for it.
    expect(run.outputs.labels?.split("\n")).toContain("org.opencontainers.image.created=");
    expect(run.outputs.annotations).not.toContain("image.created");
    await gitHub.stop();
  });

  test("no GitHub at all", async () => {
    const env = { GITHUB_API_URL: "http://127.0.0.1:1" };
    const run = await runPlanImage(push("refs/tags/v1.2.3"), gitHub, { env });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/http:\/\/127\.0\.0\.1:1 does not answer .*ECONNREFUSED/u)]);
  });
});

describe("bad input is one sentence, and nothing is asked or written", () => {
  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ["an illegal image name", { image: "ghcr.io/acme/a pp" }, ["Image name", "ghcr.io/acme/a pp"]],
    ["an image with a tag", { image: "ghcr.io/acme/app:1" }, ["Image name", "ghcr.io/acme/app:1", "tag"]],
    ["an image with a digest", { image: `ghcr.io/acme/app@sha256:${"a".repeat(64)}` }, ["Image name", "digest"]],
    ["http to a far registry", { image: "http://registry.example/app" }, ["http", "loopback"]],
    ["an unknown latest", { latest: "newest" }, ["latest", "newest", "default-branch"]],
    ["an unknown push", { push: "yes" }, ["push", "yes", "never"]],
    ["an illegal suffix", { suffix: "-al pine" }, ["suffix", "-al pine"]],
    ["a suffix that reads as a commit", { suffix: "-abc1234" }, ["suffix", "-abc1234"]],
    ["an illegal extra tag", { "extra-tags": "-x" }, ["extra-tags", "-x"]],
    ["an extra tag of another class", { "extra-tags": "pr-12-abc1234" }, ["pr-12-abc1234"]],
    ["a boolean that is none", { "version-prefix": "yes" }, ["version-prefix", "yes", "`true`"]],
    ["an illegal component", { component: "a/b" }, ["component", "a/b"]],
  ])("%s", async (_name, inputs, says) => {
    const run = await runPlanImage(push("refs/heads/feature/x"), gitHub, { inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    for (const words of says) expect(run.errors[0]).toContain(words);
    expect(run.outputs).toEqual({});
    expect(run.summary).toBe("");
    expect(gitHub.requests).toEqual([]);
  });

  test.each<readonly [string, Readonly<Record<string, string | undefined>>, RegExp]>([
    ["a clock that is none", { SOURCE_DATE_EPOCH: "yesterday" }, /SOURCE_DATE_EPOCH is "yesterday"/u],
    ["a missing event file", { GITHUB_EVENT_PATH: "/no/such/event.json" }, /event file "\/no\/such\/event.json"/u],
    ["a folder as event file", { GITHUB_EVENT_PATH: "/" }, /event file "\/"/u],
    ["no event file", { GITHUB_EVENT_PATH: undefined }, /GITHUB_EVENT_PATH is missing/u],
    ["no event name", { GITHUB_EVENT_NAME: "" }, /GITHUB_EVENT_NAME is missing/u],
    ["a repository without owner", { GITHUB_REPOSITORY: "app" }, /GITHUB_REPOSITORY is "app"/u],
    ["an address that is none", { GITHUB_API_URL: "api.github.com" }, /GITHUB_API_URL is "api.github.com"/u],
    ["a far address without encryption", { GITHUB_API_URL: "ftp://x" }, /GITHUB_API_URL is "ftp:\/\/x"/u],
  ])("%s", async (_name, env, says) => {
    const run = await runPlanImage(push("refs/heads/main"), gitHub, { env });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(says)]);
    expect(run.outputs).toEqual({});
  });

  test.each([
    ["is not JSON", '{"ref": '],
    ["does not hold a JSON object", "[]"],
    ["does not hold a JSON object", "null"],
    ["is not JSON", ""],
  ])("an event file that %s: %j", async (says, event) => {
    const run = await runBundle("plan-image", {
      event,
      env: { GITHUB_EVENT_NAME: "push", GITHUB_REPOSITORY: "acme/app", GITHUB_REF: "refs/heads/main" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining(says)]);
  });

  test("pull_request_target is refused with the reason", async () => {
    const { payload, ...context } = pullRequest();
    const run = await runPlanImage({ ...context, payload, eventName: "pull_request_target" }, gitHub);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining("pull_request_target is refused")]);
  });
});
