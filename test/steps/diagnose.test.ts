import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha } from "../../doubles/events.ts";
import type { FaultAction } from "../../doubles/fault.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import type { TokenOptions } from "../../doubles/token-options.ts";
import { judgeRunner } from "../../scripts/diagnose/check-runner.ts";
import type { Finding } from "../../scripts/diagnose/finding.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";
import { makeBarePath } from "./bare-path.ts";
import { storeImage } from "./find-image-run.ts";

let github: GitHubDouble;
const bare = makeBarePath();

beforeAll(async () => {
  github = await startGitHubDouble({ checkSchemas: true });
  const app = github.repository("acme/app");
  app.setVisibility("public");
  app.setCacheUsage({ bytes: 9_500_000_000, count: 42 });
  await storeImage(github, "acme/app", { tags: ["latest"], revision: sha });
  github.registry.setVisibility("acme/app", "public");
  github.repository("acme/private");
  await storeImage(github, "acme/private", { tags: ["latest"], revision: sha });
  await storeImage(github, "acme/loose", { tags: ["latest"], revision: sha });
});
afterAll(() => {
  bare.remove();
  return github.stop();
});

async function diagnose(options: {
  readonly token?: TokenOptions | string;
  readonly path?: string;
  readonly inputs?: BundleOptions["inputs"];
  readonly env?: BundleOptions["env"];
}) {
  const { token = { actions: "read" }, path = "acme/app", inputs, env } = options;
  const text = typeof token === "string" ? token : github.token(token);
  const run = await runBundle("diagnose", {
    inputs: { image: `${github.host}/${path}`, token: text, "fail-on-problems": "false", ...inputs },
    env: { DOCKER_CONFIG: "/nonexistent", GITHUB_REPOSITORY: "acme/app", GITHUB_API_URL: github.url, ...env },
  });
  const findings = JSON.parse(run.outputs.findings ?? "[]") as readonly Finding[];
  return { ...run, findings, of: (check: string) => findings.find((finding) => finding.check === check) };
}

type Setting = Parameters<typeof diagnose>[0];

/** What is broken; which finding tells it, how, and with which fix. */
const table: readonly (readonly [string, Setting, string, Finding["status"], string, string])[] = [
  ["all is well: the token", {}, "token", "ok", "a workflow's or an app's token", ""],
  ["all is well: the limit", {}, "api-limit", "ok", "of 1000 requests", ""],
  ["all is well: pull", {}, "pull", "ok", "it has 1 tags", ""],
  ["all is well: push", {}, "push", "ok", "can be written to", ""],
  ["all is well: visibility", {}, "visibility", "ok", "is public", ""],
  ["all is well: repository", {}, "linked-repository", "ok", "linked to acme/app", ""],
  ["no token", { token: "" }, "token", "fail", "There is no token", "GITHUB_TOKEN"],
  [
    "a token that GitHub does not know",
    { token: "ghs_x" },
    "token",
    "fail",
    "(401 Bad credentials)",
    "ends with its job",
  ],
  ["no API", { env: { GITHUB_API_URL: "http://127.0.0.1:9" } }, "token", "fail", "cannot be asked", "GITHUB_API_URL"],
  ["a classic token", { token: { type: "personal" } }, "token", "ok", "write:packages", ""],
  [
    "a classic token without the scope",
    { token: { type: "personal", packages: "read" } },
    "token",
    "fail",
    "with the scopes repo, read:packages",
    "`write:packages`",
  ],
  [
    "that token, only to pull",
    { token: { type: "personal", packages: "read" }, inputs: { access: "pull" } },
    "token",
    "ok",
    "read:packages",
    "",
  ],
  [
    "hardly any requests left",
    { token: { requestsPerHour: 0 } },
    "api-limit",
    "warn",
    "0 of 0 requests",
    "More are given at",
  ],
  ["no right to write", { token: { packages: "read" } }, "push", "fail", "write_package", "`packages: write`"],
  [
    "no right to read",
    { token: { packages: "none" }, path: "acme/private" },
    "pull",
    "fail",
    "403",
    "`packages: read`",
  ],
  ["no image yet", { path: "acme/new" }, "pull", "warn", "There is no", "Push an image"],
  ["no package yet", { path: "acme/new" }, "package", "warn", "404", "made by the first push"],
  ["a private package", { path: "acme/private" }, "visibility", "warn", "is private", "Danger Zone"],
  [
    "a package of no repository",
    { path: "acme/loose" },
    "linked-repository",
    "warn",
    "to no repository",
    "image.source",
  ],
  [
    "a package of another repository",
    { path: "acme/private" },
    "linked-repository",
    "warn",
    "to acme/private, not to acme/app",
    "Manage Actions access",
  ],
  ["a cache that is nearly full", {}, "cache", "warn", "9.5 GB in 42 entries; GitHub keeps 10.0 GB", "longest ago"],
  [
    "a cache that is not shown",
    { token: {}, inputs: { repository: "acme/private" } },
    "cache",
    "warn",
    "403",
    "`actions: read`",
  ],
  [
    "a runner of an unknown version",
    { env: { RUNNER_ENVIRONMENT: "self-hosted" } },
    "runner",
    "warn",
    "self-hosted",
    "2.336.0",
  ],
  ["no docker", { env: { PATH: bare.path } }, "docker", "warn", "nothing can be built", "ubuntu-24.04"],
];

const busy = { type: "answer", status: 503, body: "busy" } as const;
const limited = { type: "answer", status: 429, body: { message: "You have exceeded a secondary rate limit" } } as const;

describe("a package that GitHub does not tell of for the moment is not called none:", () => {
  const ofPackage = "/packages/container/app";
  it.each<[string, string, FaultAction, string]>([
    ["a broken connection", ofPackage, { type: "reset-before" }, "is not known ("],
    ["a server in trouble", ofPackage, busy, "it answered 503"],
    ["a limit", ofPackage, limited, "(429 You have exceeded"],
    ["a limit that is told with 403", ofPackage, { ...limited, status: 403 }, "(403 You have exceeded"],
    ["an account that is not told of", "/users/acme", busy, "it answered 503"],
  ])("%s", async (_what, path, action, words) => {
    const fault = github.inject({ match: { method: "GET", path, kind: "api" }, times: 99, action });
    try {
      const run = await diagnose({});
      expect(run.of("package")).toMatchObject({ status: "warn", fix: "Run this again later." });
      expect(run.of("package")?.detail).toContain("is not known (");
      expect(run.of("package")?.detail).toContain(words);
    } finally {
      fault.remove();
    }
  });
});

it("a package that no known token asks for is not called none either", async () => {
  const run = await diagnose({ token: "ghs_x" });
  expect(run.of("package")).toMatchObject({ status: "warn", fix: expect.stringContaining("of the token") });
});

describe("a diagnosis", () => {
  it.each(table)("tells of %s", async (_what, setting, check, status, detail, fix) => {
    const run = await diagnose(setting);
    expect(run.exitCode).toBe(0);
    expect(run.of(check)).toMatchObject({ status });
    expect(run.of(check)?.detail).toContain(detail);
    expect(run.of(check)?.fix).toContain(fix);
    expect(run.of(check)?.fix === "").toBe(status === "ok");
    expect(run.summary).toContain("### Diagnosis");
  });

  it("leaves nothing behind", async () => {
    const before = JSON.stringify(github.registry.versions("acme/app"));
    await diagnose({});
    await diagnose({ path: "acme/never" });
    expect(JSON.stringify(github.registry.versions("acme/app"))).toBe(before);
    expect(github.registry.repositories()).not.toContain("acme/never");
  });

  it("ends red where something fails, with what to do", async () => {
    const run = await diagnose({ token: { packages: "read" }, inputs: { "fail-on-problems": "true" } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.failures).toBe("1");
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain("Grant the job `packages: write`");
    expect(run.stdout).not.toMatch(/Details of the failure|\n\s+at /);
  });
});

describe("from a terminal", () => {
  const terminal = (args: readonly string[], env: BundleOptions["env"] = {}) =>
    runBundle("diagnose", {
      args,
      env: {
        ...{ GITHUB_ACTIONS: undefined, GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined },
        ...{ DOCKER_CONFIG: "/nonexistent", GITHUB_API_URL: github.url, GITHUB_TOKEN: github.token(), ...env },
      },
    });

  it("it takes flags and prints JSON for programs", async () => {
    const run = await terminal(["--image", `${github.host}/acme/app`, "--json"]);
    expect(run.exitCode).toBe(0);
    const findings = JSON.parse(run.stdout) as readonly Finding[];
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(["token", "pull", "push", "visibility"]));
    expect(findings.map(({ check }) => check)).not.toContain("runner");
  });

  it("its exit code tells of failures", async () => {
    const env = { GITHUB_TOKEN: github.token({ packages: "read" }) };
    const run = await terminal(["--image", `${github.host}/acme/app`, "--json"], env);
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toBeInstanceOf(Array);
  });

  it("failures are told once, as findings: no error of a workflow, no stack", async () => {
    const env = { GITHUB_TOKEN: github.token({ packages: "read" }) };
    const run = await terminal(["--image", `${github.host}/acme/app`], env);
    expect(run).toMatchObject({ exitCode: 1, stderr: "", commands: [] });
    expect(run.stdout.match(/Grant the job `packages: write`/g)).toHaveLength(1);
    expect(run.stdout).not.toMatch(/\n\s+at /);
  });

  it("it explains itself", async () => {
    const run = await terminal(["--help"]);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("node scripts/dist/diagnose.js --image ghcr.io/acme/app");
    expect(run.stdout).toContain("--json\n");
    expect(run.stdout).not.toContain("--apply");
  });

  it.each([
    [[], "There is nothing to look at"],
    [["--apply"], "none of this step"],
    [["--token", "x"], "The token is no argument"],
    [["--image", "ghcr.io/a/b,ghcr.io/c/d"], "names 2 repositories"],
  ])("it refuses %j", async (args, words) => {
    const run = await terminal(args);
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain(words);
  });
});

describe("a runner", () => {
  it.each([
    ["2.336.0", "ok"],
    ["2.337.1", "ok"],
    ["3.0.0", "ok"],
    ["2.335.9", "fail"],
    ["2.99.0", "fail"],
    ["", "warn"],
  ])("of version %j is %s", (version, status) => {
    expect(judgeRunner("github-hosted Linux X64", version).status).toBe(status);
  });
});
