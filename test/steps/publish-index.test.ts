import type { PlatformResult } from "@longshore/publishing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../doubles/fault.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import {
  amd64,
  annotationsOf,
  arm64,
  immutable,
  moving,
  planOfMain,
  pushPlatform,
  putEarlierIndex,
  reused,
  runPublishIndex,
} from "./publish-index-run.ts";

// None of this needs docker: what is refused is refused before, and what is reused is not joined anew.

let github: GitHubDouble;
let injected: ReturnType<GitHubDouble["inject"]>[] = [];
let count = 0;
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});

function inject(fault: Fault): void {
  injected.push(github.inject(fault));
}

/** A repository of its own. */
function newPath(): string {
  count += 1;
  return `acme/app${count}`;
}

async function pushBoth(path: string, seed = ""): Promise<readonly PlatformResult[]> {
  return Promise.all([
    pushPlatform(github, path, { platform: amd64, seed }),
    pushPlatform(github, path, { platform: arm64, seed }),
  ]);
}

function writesTo(path: string): number {
  return github.requests.filter((it) => it.method === "PUT" && it.path.startsWith(`/v2/${path}/`)).length;
}

describe("an event that names nothing", () => {
  it("ends well, asks nothing and says why", async () => {
    github.clearRequests();
    const plan = {
      ...planOfMain(github, newPath()),
      kind: "none",
      delivery: "none",
      tags: [],
      reason: "A branch went.",
    };
    const run = await runPublishIndex({ github, plan: { ...plan, kind: "none", delivery: "none" }, results: "" });
    expect(run).toMatchObject({ exitCode: 0, notices: ["Nothing to publish: A branch went."], errors: [] });
    expect(run.outputs).toMatchObject({ delivery: "none", digest: "", image: "", references: "", tags: "" });
    expect(github.requests).toEqual([]);
  });
});

it("platforms that were built by different inputs are not joined", async () => {
  const path = newPath();
  const [one, other] = await pushBoth(path);
  const results = [
    { ...one, fingerprint: "file=1a2b3c4d,args=00000000" },
    { ...other, fingerprint: "file=1a2b3c4d,args=11111111" },
  ];
  const writes = writesTo(path);
  const run = await runPublishIndex({ github, plan: planOfMain(github, path), results });
  expect(run).toMatchObject({ exitCode: 1, outputs: {} });
  expect(run.errors).toEqual([
    expect.stringMatching(/linux\/arm64 was built otherwise than linux\/amd64: build-args differ\. .*`volatile`/),
  ]);
  expect(writesTo(path)).toBe(writes);
});

describe("archives", () => {
  const archives = (path: string, platform = amd64): PlatformResult => ({
    ...{ platform, digest: `sha256:${"1".repeat(64)}`, manifest: `sha256:${"1".repeat(64)}`, size: 2_000_000 },
    ...{ seconds: 61.5, reused: false, retries: ["A | was <b>tried</b> again."] },
    ...{ revision: planOfMain(github, path).revision, delivery: "artifact", archive: "image-app-linux-amd64.oci.tar" },
  });

  it("of a fork's pull request end well, with a summary and no tag", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, {
      ...{ kind: "pull-request", delivery: "artifact", reason: "A fork's token cannot write." },
    });
    github.clearRequests();
    const run = await runPublishIndex({ github, plan, results: [archives(path)] });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(run.outputs).toMatchObject({ delivery: "artifact", digest: "", references: "", tags: "" });
    expect(run.notices).toEqual([expect.stringMatching(/No tag is put.*A fork's token cannot write/)]);
    expect(run.summary).toMatch(/### Image kept as archives/);
    expect(run.summary).toMatch(/docker load --input image-app-linux-amd64\.oci\.tar/);
    expect(run.summary).toMatch(/linux\/amd64.*2\.0 MB.*61\.5 s/);
    expect(run.summary).not.toMatch(/from the cache/);
    expect(run.summary).not.toMatch(/<b>tried/);
    expect(github.requests).toEqual([]);
  });

  it("of a pull request end well also when the registry stayed down", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, { kind: "pull-request" });
    const run = await runPublishIndex({ github, plan, results: [archives(path)] });
    expect(run).toMatchObject({ exitCode: 0, errors: [], notices: [] });
    expect(run.warnings).toEqual([
      expect.stringMatching(/^No tag is put.*could not be written to.*Run the workflow again/),
    ]);
    expect(run.outputs.delivery).toBe("artifact");
  });

  it("of a release that should be in the registry are a failure, but are told", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, { kind: "release" });
    const pushed = await pushPlatform(github, path, { platform: arm64 });
    const told = { ...archives(path), steps: { total: 14, cached: 12 } };
    const run = await runPublishIndex({ github, plan, results: [told, pushed] });
    expect(run.exitCode).toBe(1);
    expect(run.summary).toMatch(/\| build time \| from the cache \| archive \|/);
    expect(run.summary).toMatch(/linux\/amd64 .* 61\.5 s \| 12 of 14 steps \|/);
    expect(run.result.platforms.map(({ steps }) => steps)).toEqual([told.steps, undefined]);
    expect(run.errors).toEqual([expect.stringMatching(/No tag is put, the image is kept as archives/)]);
    expect(run.outputs.delivery).toBe("artifact");
    expect(run.summary).toMatch(/linux\/arm64 lies in the registry without a name/);
    expect(github.registry.tags(path)).toEqual({});
  });
});

describe("bad input is one sentence, and nothing changes", () => {
  const good = {
    ...{ platform: amd64, digest: `sha256:${"1".repeat(64)}`, manifest: `sha256:${"1".repeat(64)}`, size: 1 },
    ...{ seconds: 1, reused: false, retries: [], revision: "abc1234".padEnd(40, "0"), delivery: "registry" },
  };
  it.each<[string, unknown, Readonly<Record<string, string>>, RegExp]>([
    ["results that are not JSON", "[{", {}, /Input results is not JSON/],
    ["results that are no list", "3", {}, /Input results is neither/],
    ["no results", "", {}, /Input `results` is missing/],
    [
      "a malformed digest",
      [{ ...good, digest: "sha256:12" }],
      {},
      /digest of linux\/amd64 is "sha256:12", not a digest/,
    ],
    ["a digest in capitals", [{ ...good, digest: `sha256:${"A".repeat(64)}` }], {}, /not a digest/],
    ["an all too long digest", [{ ...good, manifest: `${good.manifest}0` }], {}, /not a digest/],
    [
      "a missing platform",
      [good],
      { platforms: "linux/amd64,linux/arm64" },
      /linux\/arm64 was asked for and no build gave it/,
    ],
    [
      "an output that GitHub dropped",
      JSON.stringify({
        amd64: { result: "success", outputs: { result: JSON.stringify([good]) } },
        arm64: { result: "success", outputs: {} },
        "other-arm64": { result: "skipped", outputs: {} },
      }),
      { platforms: "linux/amd64,linux/arm64" },
      /no build gave it\. `arm64` ended well without an output, as GitHub drops each output that holds a line of a secret: look for .*`_json_key_base64`/,
    ],
    [
      "an extra platform",
      [good, { ...good, platform: arm64 }],
      { platforms: amd64 },
      /linux\/arm64 was built and not asked for/,
    ],
    ["a platform twice", [good, good], { platforms: amd64 }, /linux\/amd64 was built more than once/],
    ["a result of another commit", [{ ...good, revision: "f".repeat(40) }], {}, /was built of f{40}, not of abc1234/],
    [
      "a failed build",
      JSON.stringify({ amd64: { result: "failure", outputs: {} } }),
      {},
      /job amd64 ended as "failure"/,
    ],
    ["an unknown platform", [good], { platforms: "amd64" }, /"amd64", which is no Linux platform/],
    ["no platform", [good], { platforms: " " }, /Input `platforms` is missing/],
    ["a plan that is not JSON", [good], { plan: "plan" }, /JSON/],
    ["no plan", [good], { plan: "" }, /Input `plan` is missing/],
    ["an unknown duration", [good], { "retry-delay": "soon" }, /`retry-delay` is "soon"/],
    ["no attempts", [good], { attempts: "0" }, /`attempts` is "0"/],
    ["an unknown time for moving tags", [good], { "moving-tags": "later" }, /`moving-tags` is "later".*`now`, `defer`/],
    ["an unknown switch", [good], { "adopt-tags": "yes" }, /`adopt-tags` is "yes"/],
  ])("%s", async (_, results, inputs, sentence) => {
    const path = newPath();
    github.clearRequests();
    const run = await runPublishIndex({ github, plan: planOfMain(github, path), results, inputs });
    expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
    expect(github.requests).toEqual([]);
  });

  it("the plan of archives and a result that was pushed", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, { delivery: "artifact" });
    const run = await runPublishIndex({ github, plan, results: [good] });
    expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(/plan delivers archives/)] });
  });
});

describe("a digest is checked in the registry before anything is named", () => {
  it.each<[string, (path: string) => Promise<PlatformResult>, RegExp]>([
    [
      "one that does not exist",
      async (path) => ({ ...(await pushPlatform(github, path)), digest: `sha256:${"7".repeat(64)}` }),
      /holds no sha256:7{64}, which was given for linux\/amd64/,
    ],
    [
      "one of another platform",
      async (path) => ({ ...(await pushPlatform(github, path, { platform: arm64 })), platform: amd64 }),
      /is of linux\/arm64, not of linux\/amd64/,
    ],
    [
      "a plain manifest of another platform",
      async (path) => ({
        ...(await pushPlatform(github, path, { platform: "linux/arm/v6", attestation: false })),
        platform: "linux/arm/v7",
      }),
      /is of linux\/arm\/v6, not of linux\/arm\/v7/,
    ],
    [
      "another manifest than the index holds",
      async (path) => ({
        ...(await pushPlatform(github, path)),
        manifest: (await pushPlatform(github, path, { seed: "x" })).manifest,
      }),
      /holds the manifest sha256:\w+, not sha256:/,
    ],
  ])("%s", async (_, push, sentence) => {
    const path = newPath();
    const result = await push(path);
    github.clearRequests();
    const run = await runPublishIndex({ github, plan: planOfMain(github, path), results: [result] });
    expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
    expect(run.errors[0]).toMatch(/^No index is made and no tag is put/);
    expect(writesTo(path)).toBe(0);
  });

  it("a part that is missing in the second repository is told by its name", async () => {
    const path = newPath();
    const second = `${path}-mirror`;
    const result = await pushPlatform(github, path);
    const plan = planOfMain(github, path, { images: [`${github.host}/${path}`, `${github.host}/${second}`] });
    const run = await runPublishIndex({ github, plan, results: [result] });
    expect(run.errors).toEqual([expect.stringMatching(new RegExp(`${second} holds no ${result.digest}`))]);
    expect(github.registry.tags(path)).toEqual({});
  });

  it("a registry that refuses the login is told", async () => {
    const path = newPath();
    const result = await pushPlatform(github, path);
    inject({ match: { kind: "token" }, times: 99, action: ghcrFaults.tokenNotAuthenticated });
    const run = await runPublishIndex({ github, plan: planOfMain(github, path), results: [result] });
    expect(run.errors).toEqual([expect.stringMatching(/refused the login for .*log in/)]);
  });
});

describe("an image that is there already", () => {
  it("is used as it is: nothing is joined, nothing is written", async () => {
    const path = newPath();
    const plan = planOfMain(github, path);
    const results = await pushBoth(path);
    const names = plan.tags.map(({ name }) => name);
    const digest = putEarlierIndex(github, path, results, annotationsOf(plan.revision), names);
    github.clearRequests();
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(run.result).toMatchObject({ digest, reused: true });
    expect(run.result.tags.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(run.outputs.tags).toBe(names.join("\n"));
    expect(run.outputs.references).toBe(names.map((name) => `${plan.images[0]}:${name}`).join("\n"));
    expect(run.outputs.image).toBe(`${plan.images[0]}@${digest}`);
    expect(run.summary).toMatch(/reused/);
    expect(writesTo(path)).toBe(0);
    expect(github.requests.filter(({ kind }) => kind === "compare")).toEqual([]);
  });

  it("and lacks a tag: what an interrupted run left is finished", async () => {
    const path = newPath();
    const plan = planOfMain(github, path);
    const results = await pushBoth(path);
    const digest = putEarlierIndex(github, path, results, annotationsOf(plan.revision), [plan.primaryTag]);
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    expect(run.result.tags.map(({ outcome }) => outcome)).toEqual(["done", "written", "written"]);
    expect(github.registry.tags(path)).toEqual({ [plan.primaryTag]: digest, main: digest, latest: digest });
  });

  it("gets its tags only with the right to write, and says which is missing", async () => {
    const path = newPath();
    const plan = planOfMain(github, path);
    const results = await pushBoth(path);
    putEarlierIndex(github, path, results, annotationsOf(plan.revision), [plan.primaryTag]);
    const token = github.token({ packages: "read" });
    const run = await runPublishIndex({ github, plan, results: reused(results), token });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/2 of 3 tags do not name the image.*`packages: write`/)]);
    expect(run.result.tags.map(({ outcome }) => outcome)).toEqual(["done", "failed", "failed"]);
    expect(run.outputs.tags).toBe(plan.primaryTag);
  });

  it("is compared in size with the image of the default branch", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, { tags: [immutable("main-abc1234")] });
    const results = [
      await pushPlatform(github, path, { layer: 3_000_000 }),
      await pushPlatform(github, path, { platform: arm64 }),
    ];
    putEarlierIndex(github, path, results, annotationsOf(plan.revision), ["main-abc1234"]);
    const before = await pushPlatform(github, path, { layer: 2_000_000 });
    putEarlierIndex(github, path, [before], annotationsOf("f".repeat(40)), ["main"]);
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    expect(run.summary).toMatch(/linux\/amd64 .* 3\.0 MB \| \+1\.0 MB \(\+50\.0 %\) \| reused/);
    expect(run.summary).toMatch(/linux\/arm64 .* new \|/);
    expect(run.result.platforms[0]).toMatchObject({ sizeBefore: before.size });
  });

  it("does not fail when the sizes cannot be compared", async () => {
    const path = newPath();
    const plan = planOfMain(github, path, { tags: [immutable("main-abc1234")] });
    const results = await pushBoth(path);
    putEarlierIndex(github, path, results, annotationsOf(plan.revision), ["main-abc1234", "main"]);
    inject({ match: { path: /manifests\/main$/ }, times: 99, action: ghcrFaults.serviceUnavailable });
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(run.result.notes).toEqual([expect.stringMatching(/^Sizes were not compared with .*:main: .*503/)]);
  });
});

describe("text that others wrote stays text", () => {
  it("in the summary, the log and the errors", async () => {
    const path = newPath();
    const hostile = "::error::x $(id) `id` ${{ secrets.X }} <img src=x> | a\n::set-output name=y::z\u202e";
    const plan = planOfMain(github, path, { reason: hostile, notMoved: [{ name: "latest", reason: hostile }] });
    const results = (await pushBoth(path)).map((result) => ({ ...result, retries: [hostile] }));
    putEarlierIndex(github, path, results, annotationsOf(plan.revision), [plan.primaryTag]);
    inject({ match: { kind: "manifest-write" }, action: { type: "answer", status: 500, body: hostile } });
    const run = await runPublishIndex({
      github,
      plan: { ...plan, tags: [immutable(plan.primaryTag), moving("main")] },
      results: reused(results).map((it) => ({ ...it, retries: [hostile] })),
    });
    expect(run.exitCode).toBe(0);
    expect(run.commands.filter((line) => !/^::(?:warning|add-mask)::/.test(line))).toEqual([]);
    expect(run.summary).not.toMatch(/<img|^::|\u202e|`id`/m);
    expect(run.summary).toMatch(/:&#58;error::x &#36;\(id\)/);
  });
});
