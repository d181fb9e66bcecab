import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { type BuildRun, logIn, runBuildPlatform } from "../../tools/benchmarks/build-platform-run.ts";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { DOCKER, pushPlatform } from "./publish-index-run.ts";

const { revision, primaryTag } = examplePlan();
const revisionLabel = { "org.opencontainers.image.revision": revision };
const key = "dev.longshore.fingerprint";

let github: GitHubDouble;
let login: Awaited<ReturnType<typeof logIn>>;
let programs: string;

beforeAll(async () => {
  github = await startGitHubDouble();
  login = await logIn({ [github.host]: github.token() });
  // A docker that only fails: what it was to be told is in the log.
  programs = mkdtempSync(join(tmpdir(), "longshore-programs-"));
  writeFileSync(join(programs, "docker"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
});

afterAll(async () => {
  rmSync(programs, { recursive: true });
  await login.remove();
  await github.stop();
});

let count = 0;
const freshRepository = () => `acme/reuse-${++count}`;

type Build = { readonly inputs?: Readonly<Record<string, string>>; readonly files?: Readonly<Record<string, string>> };

function build(path: string, { inputs = {}, files = {} }: Build = {}): Promise<BuildRun> {
  return runBuildPlatform({
    plan: { images: [`${github.host}/${path}`] },
    files: { Dockerfile: "FROM scratch\n", "api/Dockerfile": "FROM scratch\n", ...files },
    inputs: { attempts: "1", ...inputs },
    env: { ...login.env, PATH: `${programs}:${process.env.PATH}` },
  });
}

/** The fingerprint of such a build, as it was to be kept. */
async function fingerprintOf(about: Build): Promise<string> {
  const { stdout } = await build(freshRepository(), about);
  return /dev\.longshore\.fingerprint=(\S+)/.exec(stdout)?.[1] ?? `none: ${stdout}`;
}

/** The finished image of such a build, under its tag. */
async function finish(path: string, about: Build): Promise<void> {
  const { manifest } = await pushPlatform(github, path);
  putIndex(path, manifest, { ...revisionLabel, [key]: await fingerprintOf(about) });
}

function putIndex(path: string, manifest: string, annotations: object): void {
  const { bytes, mediaType } = github.registry.manifest(path, manifest) ?? { bytes: [], mediaType: "" };
  const platform = { os: "linux", architecture: "amd64" };
  const manifests = [{ mediaType, digest: manifest, size: bytes.length, platform }];
  const type = mediaType === DOCKER.manifest ? DOCKER.index : "application/vnd.oci.image.index.v1+json";
  github.registry.putManifest(path, { schemaVersion: 2, mediaType: type, manifests, annotations }, [primaryTag]);
}

const isBuilt = (run: BuildRun) => run.stdout.includes("::group::Build");

describe("the image of this commit, built before", () => {
  it("by the same inputs is reused, whatever the order and the volatile arguments", async () => {
    const path = freshRepository();
    await finish(path, { inputs: { "build-args": "A=1\nB=2\nNUMBER=7", volatile: "NUMBER" } });
    const run = await build(path, { inputs: { "build-args": "NUMBER=8\nB=2\nA=1", volatile: "NUMBER" } });
    expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [], outputs: { reused: "true" } });
    expect(run.results[0]?.fingerprint).toMatch(/^file=[0-9a-f]{8},args=[0-9a-f]{8}$/);
  });

  it.each<readonly [string, Build]>([
    ["`build-args` differs", { inputs: { "build-args": "A=2" } }],
    ["`target` differs", { inputs: { target: "dev" } }],
    ["`file` differs", { inputs: { file: "api/Dockerfile" } }],
    ["`file` differs", { files: { Dockerfile: "FROM scratch\nLABEL a=b\n" } }],
    ["`file`, `context` differ", { inputs: { context: "api" } }],
    ["`build-contexts` differs", { inputs: { "build-contexts": "lib=api" } }],
    ["`labels` differs", { inputs: { labels: "team=web" } }],
    ["`secrets` differs", { inputs: { secrets: "token=hunter2" } }],
    ["`docker-media-types` differs", { inputs: { "docker-media-types": "true" } }],
    ["`submodules` differs", { inputs: { submodules: "true" } }],
    ["`target`, `sbom` differ", { inputs: { target: "dev", sbom: "true" } }],
  ])("by others is an error before the build: %s", async (words, about) => {
    const path = freshRepository();
    await finish(path, {});
    const run = await build(path, about);
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(words);
    expect(run.errors[0]).toMatch(
      /built otherwise: .*never changes\. Give this build an image name .* `volatile`.* `reuse: false`/,
    );
    expect(isBuilt(run)).toBe(false);
  });

  it("by others is built beside it where that is asked for, and the tag that stays is told", async () => {
    const path = freshRepository();
    await finish(path, {});
    const run = await build(path, { inputs: { reuse: "false", target: "dev" } });
    expect(isBuilt(run)).toBe(true);
    expect(run.warnings[0]).toMatch(/built otherwise: `target` differs\. This tag keeps that image/);
    const again = await build(path, { inputs: { reuse: "false" } });
    expect(isBuilt(again)).toBe(true);
    expect(again.warnings).toEqual([]);
  });

  it.each([{ "no-cache": "true" }, { pull: "true" }])(
    "is built again beside it where %j asks for it",
    async (inputs) => {
      const path = freshRepository();
      await finish(path, {});
      const run = await build(path, { inputs });
      expect(isBuilt(run)).toBe(true);
      expect(run.stdout).not.toContain("Nothing was built");
      const other = await build(path, { inputs: { ...inputs, target: "dev" } });
      expect(other.warnings[0]).toMatch(/built otherwise: `target` differs\. This tag keeps that image/);
    },
  );

  it("with nothing of the cache is reused all the same: it is what a reproducible build gives", async () => {
    const inputs = { reproducible: "true" };
    const path = freshRepository();
    await finish(path, { inputs });
    expect(await build(path, { inputs })).toMatchObject({ exitCode: 0, outputs: { reused: "true" } });
  });

  it("is reused whatever a volatile label says, and the error about another one says that it may be one", async () => {
    const path = freshRepository();
    const volatile = "org.example.run, NUMBER";
    await finish(path, { inputs: { labels: "team=web\norg.example.run=7", volatile } });
    const run = await build(path, { inputs: { labels: "org.example.run=8\nteam=web", volatile } });
    expect(run).toMatchObject({ exitCode: 0, errors: [], outputs: { reused: "true" } });
    const other = await build(path, { inputs: { labels: "team=web\nrun=7", volatile } });
    expect(other.errors[0]).toContain("name build arguments and labels that differ from run to run in `volatile`");
  });

  it("by inputs that nobody knows is reused with a warning", async () => {
    const path = freshRepository();
    const { manifest } = await pushPlatform(github, path);
    putIndex(path, manifest, revisionLabel);
    const run = await build(path, { inputs: { target: "dev" } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { reused: "true" } });
    expect(run.warnings).toEqual([expect.stringMatching(/does not tell by which inputs.*`reuse: false`/)]);
    expect(run.results[0]).not.toHaveProperty("fingerprint");
  });

  it("for other platforms is built, and the tag that stays is told", async () => {
    const path = freshRepository();
    await finish(path, {});
    const run = await build(path, { inputs: { platforms: "linux/amd64,linux/arm64" } });
    expect(isBuilt(run)).toBe(true);
    expect(run.warnings[0]).toMatch(/it holds linux\/amd64\. .* this tag keeps what it names/);
  });

  it.each([{}, { reuse: "false" }])(
    "that lacks a part is built, and what to do about its tag is told: %j",
    async (inputs) => {
      const path = freshRepository();
      const gone = `sha256:${"0".repeat(64)}`;
      putIndex(path, gone, { ...revisionLabel, [key]: await fingerprintOf({}) });
      const run = await build(path, { inputs });
      expect(isBuilt(run)).toBe(true);
      expect(run.warnings[0]).toMatch(
        new RegExp(
          `${path} lacks its part ${gone}\\. .* broken .*: delete version sha256:[0-9a-f]{64} of the package, then run`,
        ),
      );
    },
  );

  it("in Docker's media types, which have no annotations, is known by its labels", async () => {
    const inputs = { "docker-media-types": "true" };
    const path = freshRepository();
    const labels = { ...revisionLabel, [key]: await fingerprintOf({ inputs }) };
    const { manifest } = await pushPlatform(github, path, { docker: true, labels });
    putIndex(path, manifest, {});
    expect(await build(path, { inputs })).toMatchObject({ exitCode: 0, outputs: { reused: "true" } });
    const other = await build(path, { inputs: { ...inputs, target: "dev" } });
    expect(other.errors).toEqual([expect.stringContaining("`target` differs")]);
  });
});
