import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../publishing/example-plan.ts";
import { type BuildOptions, runBuildPlatform } from "./build-platform-run.ts";

/** No docker is found, and a registry that nobody runs: whatever is refused, is refused before either is asked. */
function build(options: BuildOptions) {
  const plan = { images: ["localhost:1/acme/app"], ...options.plan };
  return runBuildPlatform({ files: { Dockerfile: "FROM scratch\n" }, ...options, plan });
}

describe("bad input is one sentence and nothing is changed:", () => {
  it.each<readonly [string, Record<string, string>, string]>([
    ["a plan that is no JSON", { plan: "{" }, "Input plan is"],
    ["no plan", { plan: "" }, "Input `plan` is missing"],
    [
      "a plan with a tagged image",
      { plan: JSON.stringify(examplePlan({ images: ["ghcr.io/acme/app:1"] })) },
      "ghcr.io/acme/app:1",
    ],
    ["no platforms", { platforms: " " }, "Input `platforms` is missing"],
    ["an unknown platform", { platforms: "linux/amd64,linux/z80" }, '"linux/z80", which is no Linux platform'],
    ["a platform twice", { platforms: "linux/amd64,linux/x86_64" }, "names linux/amd64 twice"],
    ["an unknown selection", { select: "linux/arm/v7" }, 'Input select is "linux/arm/v7"'],
    ["a pause without a unit", { "retry-delay": "10" }, 'Input `retry-delay` is "10"'],
    ["no attempts", { attempts: "0" }, 'Input `attempts` is "0"'],
    ["a label without =", { labels: "a=b\nnovalue" }, 'Input labels holds the line "novalue"'],
    [
      "a label that is ours",
      { labels: "dev.longshore.kind=release" },
      '"dev.longshore.kind", which says what the image was built from',
    ],
    ["a build argument without a value", { "build-args": "A" }, 'Input build-args holds the line "A"'],
    ["a build context without a name", { "build-contexts": "./x" }, 'Input build-contexts holds the line "./x"'],
    ["a secret without an id", { secrets: "hunter2" }, "Input secrets: entry 1"],
    ["an unknown provenance", { provenance: "all" }, 'Input `provenance` is "all"'],
    ["an unknown cache", { cache: "s3" }, 'Input cache names "s3"'],
    ["a cache with a tag", { "cache-image": "ghcr.io/acme/cache:x" }, "ghcr.io/acme/cache:x"],
    ["a switch that is neither", { pull: "yes" }, 'Input `pull` is "yes"'],
    ["a remote context", { context: "https://example.com/x.git" }, "only a folder of the checked out repository"],
    ["a context that is not there", { context: "services/api" }, "there is no such folder"],
    ["a context outside", { context: "../.." }, "lies outside the repository"],
    ["a Dockerfile outside", { file: "../output" }, "lies outside the repository"],
    ["a Dockerfile that is not there", { file: "nothere" }, 'Input file is "nothere"'],
  ])("%s", async (_, inputs, sentence) => {
    let changed = true;
    const run = await build({
      inputs,
      inspect: (folder) => {
        changed = existsSync(join(folder, "temp/image-app-linux-amd64.oci.tar"));
      },
    });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(sentence);
    expect(run.errors[0]).not.toMatch(/\n/);
    expect(run.outputs).toEqual({});
    expect(run.stdout + run.stderr).not.toContain("hunter2");
    expect(changed).toBe(false);
  });

  it("no Dockerfile, with the places looked at", async () => {
    const run = await build({ files: { "README.md": "x" } });
    expect(run.errors).toEqual([
      'No Dockerfile in context ".": looked for Dockerfile, docker/Dockerfile, build/Dockerfile. Add one or name it in input file.',
    ]);
  });
});

describe("nothing to build", () => {
  it("is no failure where the event names nothing", async () => {
    const plan = {
      kind: "none",
      delivery: "none",
      tags: [],
      primaryTag: "",
      reason: "The branch was deleted.",
    } as const;
    const run = await build({ plan, files: {} });
    expect(run).toMatchObject({
      exitCode: 0,
      errors: [],
      outputs: { result: "[]", delivery: "none", reused: "false" },
    });
  });
  it("is no failure where this runner has no platform", async () => {
    const run = await build({ inputs: { select: "other-arm64" }, files: {} });
    expect(run).toMatchObject({
      exitCode: 0,
      errors: [],
      outputs: { result: "[]", "archive-name": expect.stringMatching(/^image-app-[0-9a-f]{8}-other-arm64-1$/) },
    });
  });
});

it("a runner without docker is told to set it up", async () => {
  const programs = mkdtempSync(join(tmpdir(), "longshore-programs-"));
  symlinkSync("/bin/bash", join(programs, "bash"));
  const run = await build({ plan: { delivery: "artifact" }, env: { PATH: programs } });
  rmSync(programs, { recursive: true });
  expect(run.exitCode).toBe(1);
  expect(run.errors).toEqual([expect.stringContaining("docker/setup-buildx-action")]);
});
