import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fork, pullRequest, sha } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import { runBuildPlatform } from "../../tools/benchmarks/build-platform-run.ts";
import { runFindImage, storeImage } from "./find-image-run.ts";

const LONG = 120_000;
const own = process.arch === "arm64" ? "linux/arm64" : "linux/amd64";
const on = pullRequest({}, fork);

let github: GitHubDouble;
let debian: DebianRegistry;
let folder: string;

/** What a build that may not push keeps, as its artifact is downloaded. */
beforeAll(async () => {
  [github, debian] = await Promise.all([startGitHubDouble(), startDebianRegistry()]);
  const base = await pushBaseImage(debian.host);
  folder = mkdtempSync(join(tmpdir(), "longshore-archives-"));
  const labels = {
    "org.opencontainers.image.revision": sha,
    "org.opencontainers.image.ref.name": "pr-12-abc1234",
    "dev.longshore.kind": "pull-request",
  };
  const built = await runBuildPlatform({
    plan: { delivery: "artifact", revision: sha, labels, images: [`${github.host}/acme/app`] },
    files: { Dockerfile: `FROM ${base}\nRUN echo built > /built\n` },
    inputs: { platforms: own, select: own },
    inspect: (run) => {
      for (const name of readdirSync(join(run, "temp"), { recursive: true, encoding: "utf8" })) {
        if (name.endsWith(".oci.tar")) cpSync(join(run, "temp", name), join(folder, "image-app", name));
      }
    },
    timeout: LONG,
  });
  expect(built.exitCode).toBe(0);
}, LONG);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([github.stop(), debian.stop()]);
});

function find(path: string, inputs: Readonly<Record<string, string>> = {}) {
  const env = { DOCKER_CONFIG: process.env.DOCKER_CONFIG };
  return runFindImage({ github, path, on, env, inputs: { archive: folder, wait: "10m", ...inputs }, timeout: LONG });
}

describe("a build that could not push", () => {
  it("is loaded from its archive, without waiting, and runs", { timeout: LONG }, async () => {
    const run = await find("acme/app");
    expect(run.errors).toEqual([]);
    const reference = `${github.host}/acme/app:pr-12-abc1234`;
    expect(run.outputs).toMatchObject({ reference, tag: "pr-12-abc1234", revision: sha, platforms: own });
    expect(run.outputs.source).toBe("archive");
    expect(run.outputs.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    try {
      const said = await capture("docker", ["run", "--rm", "--network", "none", reference, "cat", "/built"]);
      expect(said.trim()).toBe("built");
    } finally {
      await capture("docker", ["image", "rm", "--force", reference]);
    }
  });

  it("is not loaded where the registry has the image", async () => {
    const { digest } = await storeImage(github, "acme/pushed", { tags: ["pr-12-abc1234"], revision: sha });
    const run = await find("acme/pushed");
    expect(run.outputs).toMatchObject({ source: "registry", digest });
  });

  it("of another commit is an error that shows both", async () => {
    const other = "0".repeat(40);
    const run = await find("acme/app", { revision: other });
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain(`it is of commit ${sha}, and ${other} is expected`);
  });

  it.each([
    ["for another platform", { platform: "linux/s390x" }, "holds no archive for linux/s390x"],
    ["of another component", { component: "ui" }, "holds no archive of it"],
    ["in a folder that is not there", { archive: "/nowhere" }, "the folder /nowhere holds no archive of it"],
    ["without all platforms", { platforms: `${own},linux/riscv64` }, "as archives it lacks linux/riscv64"],
  ])("%s is told when the time is up", async (_what, inputs, words) => {
    const run = await find("acme/app", { ...inputs, wait: "0" });
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain(words);
  });
});
