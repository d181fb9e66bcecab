import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BuildOptions, runBuildPlatform } from "../../tools/benchmarks/build-platform-run.ts";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

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
    ...["source", "url", "revision", "version", "created", "ref.name"].map(
      (name): [string, Record<string, string>, string] => [
        `the label of our ${name}`,
        { labels: `team=web\norg.opencontainers.image.${name}=x` },
        `"org.opencontainers.image.${name}", which says what the image was built from: leave it out`,
      ],
    ),
    [
      "a build argument without a value",
      { "build-args": "A" },
      'Input build-args holds the line "A": it gives no value',
    ],
    [
      "a build argument in quotes",
      { "build-args": 'A=1\n"VERSION=24.10"' },
      'Input build-args holds the line "\\"VERSION=24.10\\"": write it without quotes',
    ],
    ["a build argument over several lines", { "build-args": '"A=x\ny"' }, "with a value of one line"],
    [
      "a build argument that is a comment",
      { "build-args": "A=1\n#B=2" },
      'holds the line "#B=2": there are no comments',
    ],
    ["a label in quotes", { labels: '"a=b"' }, "write it without quotes"],
    ["a volatile argument with a value", { volatile: "A=1" }, 'Input volatile names "A=1"'],
    ["a build context outside", { "build-contexts": "x=../temp" }, "lies outside the repository"],
    ["a build context of the runner", { "build-contexts": "x=/etc" }, 'the folder of x is "/etc", which lies outside'],
    ["a layout of the runner", { "build-contexts": "x=oci-layout:///etc:1" }, 'is "/etc", which lies outside'],
    [
      "a build context that is not there",
      { "build-contexts": "x=lib" },
      'the folder of x is "lib": there is no such folder',
    ],
    ["a build context without a name", { "build-contexts": "./x" }, 'Input build-contexts holds the line "./x"'],
    ["a secret without an id", { secrets: "hunter2" }, "Input secrets: entry 1"],
    [
      "a quoted secret of several lines, whose last hides every JSON",
      { secrets: '"key=hunter2\nhunter2\n"' },
      'Input `secrets` has a line of brackets or quotes alone (`"`) that output `result` holds too, and GitHub drops each output',
    ],
    [
      "a JSON key",
      { secrets: '"gcp={\n  ""key"": ""hunter2""\n}\n"' },
      "in one line or in base64 (of a Google key, the user `_json_key_base64`)",
    ],
    [
      "an SSH key with a line of one letter",
      { "ssh-key": "hunter2\na" },
      "Input `ssh-key` has a line of 1 character that output",
    ],
    ["an unknown provenance", { provenance: "all" }, 'Input `provenance` is "all"'],
    ["no provenance by another word", { provenance: "false" }, "use one of `auto`, `max`, `min`, `none`"],
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
    expect((run.stdout + run.stderr).replaceAll(/^::add-mask::.*$/gm, "")).not.toContain("hunter2");
    expect(changed).toBe(false);
  });

  it("a secret of several lines is none, where no line of it hides an output", async () => {
    const secrets = '"gcp={\n  ""key"": ""hunter2""\n}"';
    const run = await build({ inputs: { secrets }, files: { "README.md": "x" } });
    expect(run.masks).toEqual(['  "key": "hunter2"']);
    expect(run.errors).toEqual([expect.stringContaining("No Dockerfile in context")]);
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

describe("a link of the repository to files of the runner is refused:", () => {
  it.each<readonly [string, string, string, Record<string, string>, string]>([
    ["the Dockerfile", "ci.Dockerfile", "/etc/hostname", { file: "ci.Dockerfile" }, "Input file"],
    ["the context", "api", "/etc", { context: "api" }, "Input context"],
    ["a build context", "lib", "/etc", { "build-contexts": "lib=lib" }, "the folder of lib"],
    ["a folder above a build context", "up", "/", { "build-contexts": "lib=up/etc" }, "the folder of lib"],
    ["a link to nothing", "lib", "/nothing/there", { "build-contexts": "lib=lib" }, "the folder of lib"],
    ["the context's ignore file", ".dockerignore", "/etc/hostname", {}, "The ignore file"],
    ["the Dockerfile's ignore file", "Dockerfile.dockerignore", "/etc/hostname", {}, "The ignore file"],
  ])("%s", async (_, link, target, inputs, sentence) => {
    const run = await build({ inputs, links: { [link]: target } });
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.errors).toEqual([expect.stringMatching(/lies outside the repository: use a path inside it\.$/)]);
    expect(run.errors[0]).toContain(sentence);
  });
});

/** A docker that only fails: the command that it was to run is in the log. */
async function commandOf(options: BuildOptions): Promise<string> {
  const programs = mkdtempSync(join(tmpdir(), "longshore-programs-"));
  writeFileSync(join(programs, "docker"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const run = await build({ ...options, env: { PATH: `${programs}:${process.env.PATH}`, ...options.env } });
  rmSync(programs, { recursive: true });
  return run.stdout.split("\n").find((line) => line.startsWith("docker buildx build")) ?? run.errors.join(" ");
}

describe("provenance", () => {
  it.each<readonly [string, unknown, Record<string, string>, string]>([
    ["a public repository", { visibility: "public", private: false }, {}, "--provenance=mode=max"],
    ["a private one", { visibility: "private", private: true }, {}, "--provenance=mode=min"],
    ["an internal one", { visibility: "internal", private: true }, {}, "--provenance=mode=min"],
    [
      "an internal one that is called public too",
      { visibility: "internal", private: false },
      {},
      "--provenance=mode=min",
    ],
    ["one of an older server", { private: false }, {}, "--provenance=mode=max"],
    ["one that the event does not tell of", undefined, {}, "--provenance=mode=min"],
    ["one whose event lies", "public", {}, "--provenance=mode=min"],
    ["a private one that asks for it", { private: true }, { provenance: "max" }, "--provenance=mode=max"],
    ["one that wants none", { private: false }, { provenance: "none" }, "--provenance=false"],
  ])("of %s", async (_, repository, inputs, flag) => {
    const command = await commandOf({ inputs, event: { repository } });
    expect(command).toContain(` ${flag} `);
  });
  it("of a run without an event is the lesser one", async () => {
    expect(await commandOf({})).toContain(" --provenance=mode=min ");
    expect(await commandOf({ event: "null" })).toContain(" --provenance=mode=min ");
  });
});

it("attestations that Docker's media types have no place for are told", async () => {
  const inputs = { "docker-media-types": "true", sbom: "true", provenance: "max" };
  const run = await build({ inputs, plan: { delivery: "artifact" }, env: { PATH: "" } });
  expect(run.warnings).toEqual([expect.stringMatching(/^`sbom` and `provenance` cannot be attached/)]);
  const plain = await build({
    inputs: { "docker-media-types": "true" },
    plan: { delivery: "artifact" },
    env: { PATH: "" },
  });
  expect(plain.warnings).toEqual([]);
});

describe("a Dockerfile that is a link", () => {
  const files = { "docker/Dockerfile.base": "FROM scratch\n" };
  it("is handed over by the name that is given, beside its ignore file", async () => {
    const command = await commandOf({
      ...{ files, inputs: { file: "Dockerfile.prod" } },
      links: { "Dockerfile.prod": "docker/Dockerfile.base" },
    });
    expect(command).toMatch(/ --file=\S+\/workspace\/Dockerfile\.prod /);
  });
  it.each([
    ["out of its folder", "../docker/Dockerfile.base"],
    ["by another link", "../again"],
  ])("%s is copied by its name, as BuildKit sees its folder only", async (_, target) => {
    const command = await commandOf({
      ...{ files: { ...files, "api/Dockerfile.dockerignore": "x" }, inputs: { file: "api/Dockerfile" } },
      links: { again: "docker/Dockerfile.base", "api/Dockerfile": target },
    });
    expect(command).toMatch(/ --file=\S+\/temp\/longshore-\d+-dockerfile\/Dockerfile /);
  });
});

it("reproducible builds take nothing from the cache, and need the date of the commit", async () => {
  const inputs = { reproducible: "true", cache: "registry" };
  const command = await commandOf({ inputs });
  expect(command).toContain("rewrite-timestamp=true");
  expect(command).toContain(" --no-cache ");
  expect(command).not.toContain("--cache-from");
  expect(await commandOf({ inputs, plan: { created: "" } })).toMatch(/^Input `reproducible` is true, but the date/);
  expect(await commandOf({ inputs: { cache: "registry" } })).not.toMatch(/rewrite-timestamp|--no-cache/);
});
