import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { formatCacheLine } from "@longshore/publishing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { push } from "../../doubles/events.ts";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { digestOf, trivyReport } from "../../rehearsal/stand-ins/recorded-reports.ts";
import type { Finding } from "../../scripts/diagnose/finding.ts";
import { buildStep } from "../../scripts/diagnose/read-hits.ts";
import { type BundleOptions, runBundle } from "../../tools/run-bundle.ts";
import { root } from "../../tools/workflows/workflow-files.ts";
import { runFindImage, storeImage } from "./find-image-run.ts";
import { findLowestNode, promised } from "./lowest-node.ts";
import { startPopulated } from "./prune-images-run.ts";

const lowest = findLowestNode(process.env);
const node = lowest?.path ?? "";
const steps = readdirSync(join(root, "scripts")).filter((name) => existsSync(join(root, "scripts", name, "main.ts")));

/** A machine of CI has that Node: .github/workflows/self-check.yml installs it. */
it.skipIf(!process.env.CI && lowest === undefined)(`this machine has a Node ${promised} to try`, () => {
  expect(
    lowest,
    `There is no Node ${promised}, or later of that line, on PATH: install it, it is promised.`,
  ).toBeDefined();
});

describe.skipIf(lowest === undefined)(`on Node ${lowest?.version ?? promised}`, () => {
  let github: GitHubDouble;
  let revision = "";
  beforeAll(async () => {
    github = await startPopulated();
    const { addCommit, addRun, setBranch } = github.repository("acme/app");
    revision = addCommit();
    setBranch("main", revision);
    addRun({
      jobs: ["linux/amd64", "linux/arm64"].map((platform) => ({
        steps: { [buildStep]: "success" as const },
        log: formatCacheLine({ platform, cached: 1, total: 2 }),
      })),
    });
    await storeImage(github, "acme/app", { tags: [`main-${revision.slice(0, 7)}`], revision });
  });
  afterAll(() => github.stop());

  const terminal = (step: string, args: readonly string[], env: BundleOptions["env"] = {}) =>
    runBundle(step, {
      ...{ node, args },
      env: {
        ...{ GITHUB_ACTIONS: undefined, GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined },
        ...{
          DOCKER_CONFIG: "/nonexistent",
          GITHUB_API_URL: github.url,
          GITHUB_TOKEN: github.token({ actions: "read" }),
        },
        ...env,
      },
    });
  const ofApp = () => ["--owner", "acme", "--package", "app", "--registry", github.url];

  it.each(steps)("%s explains itself", async (step) => {
    const run = await terminal(step, ["--help"]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "", errors: [] });
    expect(run.stdout).toContain(`scripts/dist/${step}.js`);
  });

  it("diagnose looks at the last builds", async () => {
    const run = await terminal("diagnose", [
      "--image",
      `${github.host}/acme/app`,
      "--repository",
      "acme/app",
      "--json",
    ]);
    expect(run.stderr).toBe("");
    const findings = JSON.parse(run.stdout) as readonly Finding[];
    expect(findings.find(({ check }) => check === "cache-hits")?.detail).toContain(
      "linux/amd64 50 %, linux/arm64 50 %",
    );
  });

  it("prune-images plans and acts, restore-images brings back", async () => {
    const tag = "pr-2-abc1231";
    const digest = github.registry.tags("acme/app")[tag] ?? "";
    const prune = [...ofApp(), "--repository", "acme/app", "--pull-request", "2"];
    const planned = await terminal("prune-images", prune);
    expect(planned).toMatchObject({ exitCode: 0, stderr: "", stdout: expect.stringContaining("would go") });
    expect((await terminal("prune-images", [...prune, "--apply"])).exitCode).toBe(0);
    expect(github.registry.tags("acme/app")).not.toHaveProperty(tag);
    const restored = await terminal("restore-images", [...ofApp(), "--digests", digest, "--apply"]);
    expect(restored).toMatchObject({ exitCode: 0, stderr: "" });
    expect(github.registry.tags("acme/app")).toHaveProperty(tag);
  });

  it("find-image finds", async () => {
    const inputs = { revision, repository: "acme/app" };
    const run = await runFindImage({ github, path: "acme/app", node, inputs });
    expect(run).toMatchObject({ exitCode: 0, errors: [], outputs: { revision } });
  });

  it("plan-image plans", async () => {
    const event = push("refs/heads/feature/x");
    const run = await runBundle("plan-image", {
      node,
      event: event.payload,
      inputs: { token: github.token() },
      env: {
        ...{ GITHUB_EVENT_NAME: event.eventName, GITHUB_REF: event.ref, GITHUB_SHA: event.sha },
        ...{ GITHUB_REPOSITORY: event.repository, GITHUB_ACTOR: event.actor, GITHUB_SERVER_URL: event.serverUrl },
        ...{ GITHUB_API_URL: github.url, SOURCE_DATE_EPOCH: "1719585022" },
      },
    });
    expect(run).toMatchObject({ exitCode: 0, errors: [], stderr: "" });
    expect(run.outputs.plan).toContain("feature-x-abc1234");
  });

  it("gate-scan finds its reports by a glob, and compares with those before", async () => {
    const found = { id: "CVE-2026-1", fixed: "2", severity: "HIGH" };
    const run = await runBundle("gate-scan", {
      node,
      files: {
        "scan/amd64.report.json": JSON.stringify(trivyReport([found])),
        "scan/amd64.baseline.json": JSON.stringify(
          trivyReport([{ ...found, id: "CVE-2026-2" }], { digest: digestOf("c") }),
        ),
      },
      env: { SOURCE_DATE_EPOCH: "1795219200", GITHUB_EVENT_NAME: "pull_request" }, // 2026-11-21
      inputs: {
        ...{ reports: "scan/*.report.json", baseline: "scan/*.baseline.json" },
        image: `ghcr.io/acme/app@${digestOf("f")}`,
      },
    });
    expect(run).toMatchObject({ exitCode: 1, errors: ["1 HIGH blocks this image."], stderr: "" });
  });
});
