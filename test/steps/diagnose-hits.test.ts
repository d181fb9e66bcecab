import { formatCacheLine } from "@longshore/publishing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import type { TokenOptions } from "../../doubles/token-options.ts";
import type { WorkflowJobInput, WorkflowRunInput } from "../../doubles/workflow-run.ts";
import { judgeHits } from "../../scripts/diagnose/check-hits.ts";
import type { Finding } from "../../scripts/diagnose/finding.ts";
import { buildStep } from "../../scripts/diagnose/read-hits.ts";
import { runBundle } from "../../tools/run-bundle.ts";
import { makeBarePath } from "./bare-path.ts";

let github: GitHubDouble;
let count = 0;
let injected: ReturnType<GitHubDouble["inject"]>[] = [];
const bare = makeBarePath();

beforeAll(async () => {
  github = await startGitHubDouble({ checkSchemas: true });
});
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});
afterAll(() => {
  bare.remove();
  return github.stop();
});

function inject(fault: Parameters<GitHubDouble["inject"]>[0]): void {
  injected.push(github.inject(fault));
}

/** Diagnoses a new private repository with these runs, the oldest first. */
async function diagnose(runs: readonly WorkflowRunInput[], token = github.token({ actions: "read" })) {
  count += 1;
  const repository = `acme/app-${count}`;
  const { addRun } = github.repository(repository);
  for (const run of runs) addRun(run);
  github.clearRequests();
  const run = await runBundle("diagnose", {
    inputs: { image: `${github.host}/acme/none`, repository, token, "fail-on-problems": "false" },
    env: { DOCKER_CONFIG: "/nonexistent", GITHUB_API_URL: github.url, PATH: bare.path },
  });
  const findings = JSON.parse(run.outputs.findings ?? "[]") as readonly Finding[];
  const asked = (kind: string) => github.requests.filter((request) => request.kind === kind);
  return { ...run, asked, hits: findings.find(({ check }) => check === "cache-hits") };
}

function job(log: WorkflowJobInput["log"], steps: WorkflowJobInput["steps"] = { [buildStep]: "success" }) {
  return { log: log ?? "", steps: { "Set up job": "success" as const, ...steps } };
}

function told(cached: number, total: number, platform = "linux/amd64"): WorkflowJobInput {
  return job(`##[group]Build\n#7 CACHED\n##[endgroup]\n${formatCacheLine({ platform, cached, total })}\nx`);
}

const built = (cached: number, total: number): WorkflowRunInput => ({
  jobs: [told(cached, total), told(total, total, "linux/arm64"), { steps: { Plan: "success" }, log: "merge" }],
});

describe("how much the last builds had from the cache", () => {
  it("is told in sum and of each platform", async () => {
    const run = await diagnose([built(5, 10), built(7, 10)]);
    expect(run.exitCode).toBe(0);
    expect(run.hits).toEqual({
      check: "cache-hits",
      status: "ok",
      detail: "32 of 40 steps of the last 4 platform builds came from the cache (linux/amd64 60 %, linux/arm64 100 %).",
      fix: "",
    });
    expect(run.summary).toContain("32 of 40 steps");
  });

  it("is a warning below one half, with what to change", async () => {
    const { hits } = await diagnose([{ jobs: [told(4, 10)] }]);
    expect(hits).toMatchObject({ status: "warn", detail: expect.stringContaining("4 of 10 steps") });
    expect(hits?.fix).toMatch(/lock files.*ARG or ENV.*`cache`.*docs\/troubleshooting\.md.*“Slow or cold builds”/u);
  });

  it("is of the last 20, and nothing older is asked for", async () => {
    const run = await diagnose([...Array.from({ length: 5 }, () => built(0, 10)), ...Array(11).fill(built(10, 10))]);
    expect(run.hits?.detail).toContain("200 of 200 steps of the last 20 platform builds");
    expect(run.asked("run-jobs")).toHaveLength(12);
    expect(run.asked("job-logs")).toHaveLength(24);
  });

  it("is asked of builds alone", async () => {
    const run = await diagnose([
      {
        jobs: [{ steps: { Test: "success" }, log: formatCacheLine({ platform: "linux/amd64", cached: 1, total: 1 }) }],
      },
      { jobs: [job("x", { [buildStep]: "skipped" }), job("x", { [buildStep]: "failure" })] },
      { conclusion: "skipped", jobs: [told(1, 1)] },
      { status: "in_progress", jobs: [told(1, 1)] },
    ]);
    expect(run.hits).toMatchObject({ status: "ok", detail: expect.stringContaining("None of the last 3 runs tells") });
    expect(run.asked("run-jobs")).toHaveLength(2);
    expect(run.asked("job-logs")).toEqual([]);
  });

  it("is not known where nothing was built, was built cold, or is told no more", async () => {
    expect((await diagnose([])).hits).toMatchObject({
      status: "ok",
      detail: expect.stringContaining("No workflow has run yet"),
    });
    const run = await diagnose([{ jobs: [job("linux/amd64 was there"), job(404), job(410)] }]);
    expect(run.hits).toMatchObject({ status: "ok", detail: expect.stringContaining("or the log is gone") });
  });

  it("is told of the logs that are left", async () => {
    const { hits } = await diagnose([{ jobs: [job(410)] }, built(1, 2), { jobs: [job(404)] }]);
    expect(hits?.detail).toContain("3 of 4 steps of the last 2 platform builds");
  });

  it("is read where the signed address leads, without the token", async () => {
    const run = await diagnose([built(1, 2)]);
    expect(run.asked("job-logs").map(({ status }) => status)).toEqual([302, 302]);
    expect(run.asked("log-download")).toMatchObject([
      { status: 200, who: "anonymous" },
      { status: 200, who: "anonymous" },
    ]);
  });

  it("is told from a terminal too", async () => {
    github.repository("acme/terminal").addRun(built(1, 2));
    const run = await runBundle("diagnose", {
      args: ["--image", `${github.host}/acme/none`, "--repository", "acme/terminal", "--json"],
      env: {
        ...{ GITHUB_ACTIONS: undefined, GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined },
        ...{ DOCKER_CONFIG: "/nonexistent", GITHUB_API_URL: github.url, PATH: bare.path },
        GITHUB_TOKEN: github.token({ actions: "read" }),
      },
    });
    const findings = JSON.parse(run.stdout) as readonly Finding[];
    expect(findings.find(({ check }) => check === "cache-hits")?.detail).toContain("3 of 4 steps");
  });
});

describe("what GitHub does not tell", () => {
  it.each<readonly [string, TokenOptions | undefined, string, string]>([
    ["a token without the permission", {}, "not shown to this token (403", "`actions: read`"],
    [
      "a token of another repository",
      { actions: "read", only: ["acme/x"] },
      "not shown to this token (404",
      "`actions: read`",
    ],
    ["nobody", undefined, "not shown to this token (404", "`actions: read`"],
    ["an hour that is used up", { actions: "read", requestsPerHour: 0 }, "not known (403 API rate", "again later"],
  ])("to %s has its fix", async (_, token, detail, fix) => {
    const run = await diagnose([built(1, 2)], token === undefined ? "" : github.token(token));
    expect(run.exitCode).toBe(0);
    expect(run.hits).toMatchObject({ status: "warn" });
    expect(run.hits?.detail).toContain(detail);
    expect(run.hits?.fix).toContain(fix);
    expect(run.asked("job-logs")).toEqual([]);
  });

  it("for the moment is asked for again", async () => {
    for (const kind of ["runs", "run-jobs", "log-download"] as const) {
      inject({ match: { kind }, action: { type: "answer", status: 502, body: "<html>" } });
    }
    expect((await diagnose([built(1, 2)])).hits?.detail).toContain("3 of 4 steps");
  });

  it.each([
    ["runs", { type: "answer", status: 503 }, "it answered 503"],
    ["run-jobs", { type: "reset-before" }, "is not known ("],
    ["job-logs", { type: "answer", status: 403, body: { message: "Resource not accessible" } }, "403 Resource not"],
    ["log-download", { type: "answer", status: 500 }, "it answered 500"],
    ["log-download", { type: "truncate" }, "is not known ("],
  ] as const)("at all (%s: %j) is told, and ends the search", async (kind, action, detail) => {
    inject({ match: { kind }, action, times: Number.POSITIVE_INFINITY });
    const run = await diagnose(Array.from({ length: 8 }, () => built(1, 2)));
    expect(run.exitCode).toBe(0);
    expect(run.hits).toMatchObject({ status: "warn", detail: expect.stringContaining(detail) });
    expect(run.asked("run-jobs").length).toBeLessThanOrEqual(4 * 3);
  });

  it("by a log that is too large costs that log alone", async () => {
    const body = "x".repeat(33 * 2 ** 20);
    inject({ match: { kind: "log-download" }, action: { type: "answer", status: 200, body } });
    const { hits } = await diagnose([built(1, 2), built(1, 2)]);
    expect(hits?.detail).toContain("3 platform builds");
  });

  it("leaves what it did tell", async () => {
    inject({ match: { kind: "log-download" }, action: { type: "answer", status: 500 }, times: 3, skip: 1 });
    expect((await diagnose([built(1, 2), { jobs: [told(2, 2)] }])).hits).toMatchObject({ status: "ok" });
  });
});

describe("answers that anybody may have written", () => {
  it("change nothing but numbers", async () => {
    const hostile = [
      "##[group]Build",
      formatCacheLine({ platform: "linux/amd64", cached: 9, total: 9 }),
      "##[endgroup]",
      "Cache <img>: 9 of 9 steps came from the cache.",
      "Cache linux/amd64: 9999999999 of 9999999999 steps came from the cache.",
      "Cache linux/amd64: 9 of 2 steps came from the cache.",
      "::error::spoofed",
      `Cache ${"linux/".repeat(100_000)}`,
      "\u0000\u202e::set-output name=x::y",
      formatCacheLine({ platform: "linux/amd64", cached: 2, total: 4 }),
    ];
    const run = await diagnose([{ jobs: [job(hostile.join("\n"))] }]);
    expect(run.hits?.detail).toBe("2 of 4 steps of the last platform build came from the cache (linux/amd64 50 %).");
    expect(run.commands).toEqual(run.commands.filter((line) => line.startsWith("::add-mask::")));
  });

  it.each([
    ["runs", "<html>", "warn"],
    ["runs", { workflow_runs: { length: 1e9 } }, "warn"],
    ["runs", { workflow_runs: [null, 1, { id: "../../x" }, { id: -0.5 }, {}] }, "ok"],
    ["run-jobs", { jobs: [null, { steps: [null, { name: 1 }] }, { id: "x", steps: [{ name: buildStep, conclusion: "success" }] }] }, "ok"], // biome-ignore format: one case a line
    ["run-jobs", { jobs: "many" }, "ok"],
    ["log-download", { not: "a log" }, "ok"],
  ] as const)("are not believed: %s %j", async (kind, body, status) => {
    inject({ match: { kind }, action: { type: "answer", status: 200, body }, times: Number.POSITIVE_INFINITY });
    const run = await diagnose([built(1, 2)]);
    expect(run.exitCode).toBe(0);
    expect(run.hits).toMatchObject({ status });
  });
});

describe("builds", () => {
  it.each([
    [50, 100, "ok"],
    [499, 1000, "warn"],
    [0, 1, "warn"],
    [1, 1, "ok"],
  ])("with %d of %d steps from the cache are %s", (cached, total, status) => {
    expect(judgeHits([{ platform: "linux/amd64", cached, total }], 1).status).toBe(status);
  });
});
