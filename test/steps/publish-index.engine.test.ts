import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlatformResult } from "@longshore/publishing";
import type { ImagePlan } from "@longshore/tagging";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault, FaultAction, FaultMatch } from "../../doubles/fault.ts";
import { ghcrFaults, lagging } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import {
  amd64,
  annotationsOf,
  arm64,
  DOCKER,
  immutable,
  moving,
  OCI,
  type PlatformOptions,
  planOfMain,
  pushPlatform,
  putEarlierIndex,
  reused,
  runPublishIndex,
} from "./publish-index-run.ts";

// `docker buildx imagetools` joins the platforms; it needs the client only, no engine.
const LONG = 60_000;

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

function inject(match: FaultMatch, action: FaultAction, more: Pick<Fault, "times" | "skip"> = {}): void {
  injected.push(github.inject({ match, action, ...more }));
}

/** A repository of its own, of code and of images, with a line of commits, oldest first. */
function newProject(commits = 3) {
  count += 1;
  const path = `acme/project${count}`;
  const repository = github.repository(path);
  const line: string[] = [];
  for (let index = 0; index < commits; index += 1) {
    line.push(repository.addCommit({ parents: line.slice(-1), message: `${path} ${index}` }));
  }
  return { path, repository, line };
}

function pushBoth(path: string, revision: string, options: PlatformOptions = {}): Promise<readonly PlatformResult[]> {
  return Promise.all(
    [amd64, arm64].map((platform) => pushPlatform(github, path, { seed: revision, ...options, platform, revision })),
  );
}

async function publish(path: string, plan: ImagePlan, options: PlatformOptions = {}) {
  return runPublishIndex({ github, plan, results: await pushBoth(path, plan.revision, options) });
}

function contentOf(path: string, reference: string) {
  return github.registry.manifest(path, reference)?.content as {
    readonly mediaType: string;
    readonly manifests: readonly { readonly digest: string; readonly platform: object }[];
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Copies what has no tag yet, with its blobs, to a registry without logins. */
async function copyRepository({ registry }: GitHubDouble, path: string, host: string): Promise<void> {
  const base = `http://${host}/v2/${path}`;
  const digests = registry.versions(path).map(({ digest }) => digest);
  const manifests = digests.flatMap((digest) => registry.manifest(path, digest) ?? []);
  for (const { content } of manifests) {
    const { config, layers = [] } = content as { readonly config?: Part; readonly layers?: readonly Part[] };
    for (const { digest } of config ? [config, ...layers] : []) {
      const start = await fetch(`${base}/blobs/uploads/`, { method: "POST" });
      const upload = new URL(start.headers.get("location") ?? "", base);
      upload.searchParams.set("digest", digest);
      const body = new Uint8Array((await registry.blob(path, digest)) ?? []);
      const headers = { "content-type": "application/octet-stream" };
      expect((await fetch(upload, { method: "PUT", body, headers })).status).toBe(201);
    }
  }
  const indexesLast = [...manifests].sort(
    (one, other) => Number(one.mediaType === OCI.index) - Number(other.mediaType === OCI.index),
  );
  for (const { digest, mediaType, bytes } of indexesLast) {
    const headers = { "content-type": mediaType };
    const answer = await fetch(`${base}/manifests/${digest}`, { method: "PUT", body: new Uint8Array(bytes), headers });
    expect(answer.status).toBe(201);
  }
}

interface Part {
  readonly digest: string;
}

function outcomes(run: Awaited<ReturnType<typeof runPublishIndex>>) {
  return Object.fromEntries(run.result.tags.map(({ name, outcome }) => [name, outcome]));
}

describe("a commit of the default branch", () => {
  it("becomes one index of exactly its platforms, read back before any tag is put", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    github.clearRequests();
    const run = await runPublishIndex({ github, plan, results });
    expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    const { digest } = run.outputs;
    expect(github.registry.tags(path)).toEqual({ [plan.primaryTag]: digest, main: digest, latest: digest });
    const index = contentOf(path, plan.primaryTag);
    expect(index.mediaType).toBe(OCI.index);
    expect(index.annotations).toEqual(plan.annotations);
    const images = index.manifests.filter(({ digest }) => results.some(({ manifest }) => manifest === digest));
    expect(images.map(({ digest }) => digest)).toEqual(results.map(({ manifest }) => manifest));
    expect(index.manifests).toHaveLength(4);
    expect(run.outputs).toMatchObject({
      delivery: "registry",
      image: `${plan.images[0]}@${digest}`,
      tags: `${plan.primaryTag}\nmain\nlatest`,
    });
    const traffic = github.requests.map(({ method, path: url }) => `${method} ${url.split("/").at(-1)}`);
    const readBack = traffic.indexOf(`GET ${digest}`);
    expect(traffic.indexOf(`PUT ${digest}`)).toBeLessThan(readBack);
    const puts = plan.tags.map(({ name }) => traffic.indexOf(`PUT ${name}`));
    expect(puts).toEqual([...puts].sort((one, other) => one - other));
    expect(readBack).toBeLessThan(puts[0] ?? -1);
    expect(run.summary).toMatch(/main.*\| immutable \| written \| new/);
    expect(run.summary).toContain(`docker pull ${plan.images[0]}:${plan.primaryTag}`);
  });

  it("tells what its build had from the cache, where it did", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const [first, second] = await pushBoth(path, plan.revision);
    const steps = { total: 14, cached: 12 };
    const run = await runPublishIndex({ github, plan, results: [{ ...first, steps }, second] });
    expect(run.result.platforms.map((platform) => platform.steps)).toEqual([steps, undefined]);
    expect(run.summary).toMatch(/\| build time \| from the cache \|\n/);
    expect(run.summary).toMatch(/linux\/amd64 .* s \| 12 of 14 steps \|\n\| linux\/arm64 .* s \| {2}\|\n/);
  });

  it("of the next commit moves the tags of its ancestor, and asks GitHub once", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const [first = "", second = ""] = line;
    const before = await publish(path, planOfMain(github, path, { revision: first }));
    github.clearRequests();
    const run = await publish(path, planOfMain(github, path, { revision: second }));
    expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(github.registry.tags(path)).toEqual({
      [`main-${first.slice(0, 7)}`]: before.outputs.digest,
      [`main-${second.slice(0, 7)}`]: run.outputs.digest,
      main: run.outputs.digest,
      latest: run.outputs.digest,
    });
    expect(github.requests.filter(({ kind }) => kind === "compare")).toHaveLength(1);
    expect(run.result.tags[1]?.reason).toBe(`moved from ${first.slice(0, 7)}`);
  });

  it("has its moving tags deferred where somebody else puts them", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    const run = await runPublishIndex({ github, plan, results, inputs: { "moving-tags": "defer" } });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toEqual({ [plan.primaryTag]: "written", main: "deferred", latest: "deferred" });
    expect(run.result.tags[1]?.reason).toBe("left to a promotion: newest");
    expect(github.registry.tags(path)).toEqual({ [plan.primaryTag]: run.outputs.digest });
    expect(run.outputs.tags).toBe(plan.primaryTag);
    expect(run.summary).toMatch(/main.*\| moving \| deferred \|/);
  });

  it("whose run is slow does not take the tags back", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const newest = await publish(path, planOfMain(github, path, { revision: line[2] ?? "" }));
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const run = await publish(path, plan);
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toEqual({ [plan.primaryTag]: "written", main: "left", latest: "left" });
    expect(github.registry.tags(path)).toMatchObject({ main: newest.outputs.digest, latest: newest.outputs.digest });
    expect(run.outputs.tags).toBe(plan.primaryTag);
    expect(run.summary).toMatch(/left \| .*newer than this revision/);
  });

  it("does not move the tags of another line, or of a commit that is gone", { timeout: LONG }, async () => {
    const { path, line, repository } = newProject();
    const aside = repository.addCommit({ parents: line.slice(0, 1), message: `${path} aside` });
    await publish(path, planOfMain(github, path, { revision: aside }));
    const results = await pushBoth(path, "e".repeat(40));
    putEarlierIndex(github, path, results, annotationsOf("e".repeat(40)), ["latest"]);
    const plan = planOfMain(github, path, { revision: line[1] ?? "" });
    const run = await publish(path, plan);
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toEqual({ [plan.primaryTag]: "written", main: "left", latest: "left" });
    expect(run.result.tags.map(({ reason }) => reason)).toEqual([
      "new",
      expect.stringMatching(/no ancestor/),
      expect.stringMatching(/cannot relate to this revision.*adopt-tags/),
    ]);
  });

  it("takes over tags from before only when it may", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const foreign = putEarlierIndex(github, path, await pushBoth(path, "old"), {}, ["main", "latest"]);
    const plan = planOfMain(github, path, { revision: line[1] ?? "" });
    const left = await publish(path, plan);
    expect(outcomes(left)).toMatchObject({ main: "left", latest: "left" });
    expect(github.registry.tags(path)).toMatchObject({ main: foreign, latest: foreign });
    const results = await pushBoth(path, plan.revision);
    const run = await runPublishIndex({ github, plan, results, inputs: { "adopt-tags": "true" } });
    expect(outcomes(run)).toMatchObject({ main: "written", latest: "written" });
  });

  it("keeps the tags whose move GitHub does not answer for, names the rest, and fails", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const before = await publish(path, planOfMain(github, path, { revision: line[0] ?? "" }));
    inject(
      { kind: "compare" },
      { type: "answer", status: 403, body: { message: "Resource not accessible" } },
      { times: 9 },
    );
    const plan = planOfMain(github, path, { revision: line[1] ?? "" });
    const run = await publish(path, plan);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/2 of 3 tags do not name the image.*Run this job again/)]);
    expect(outcomes(run)).toEqual({ [plan.primaryTag]: "written", main: "failed", latest: "failed" });
    expect(github.registry.tags(path)).toMatchObject({ main: before.outputs.digest, latest: before.outputs.digest });
  });

  it("that another run overtakes leaves the newer image its tags", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const newer = await pushBoth(path, line[2] ?? "");
    inject({ path: new RegExp(`${path}/manifests/${plan.primaryTag}$`), method: "PUT" }, { type: "delay", ms: 1500 });
    const running = publish(path, plan);
    const decided = () =>
      github.requests.some((it) => it.method === "HEAD" && it.path.endsWith(`${path}/manifests/latest`));
    while (!decided()) await new Promise((resolve) => setTimeout(resolve, 20));
    const digest = putEarlierIndex(github, path, newer, annotationsOf(line[2] ?? ""), ["main", "latest"]);
    const run = await running;
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toEqual({ [plan.primaryTag]: "written", main: "left", latest: "left" });
    expect(github.registry.tags(path)).toMatchObject({ main: digest, latest: digest });
  });
});

describe("an immutable tag", () => {
  it("is done when the same image is published again", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const first = await publish(path, plan);
    github.clearRequests();
    const again = await publish(path, plan);
    expect(again.outputs.digest).toBe(first.outputs.digest);
    expect(outcomes(again)).toEqual({ [plan.primaryTag]: "done", main: "done", latest: "done" });
    expect(github.requests.filter(({ method }) => method === "PUT")).toHaveLength(1); // the index, by its digest
  });

  it("keeps the first image of a revision; moving tags go to the rebuilt one", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const first = await publish(path, plan);
    const rebuilt = await publish(path, plan, { seed: "newer base image" });
    expect(rebuilt).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(rebuilt)).toEqual({ [plan.primaryTag]: "kept", main: "written", latest: "written" });
    expect(github.registry.tags(path)).toEqual({
      [plan.primaryTag]: first.outputs.digest,
      main: rebuilt.outputs.digest,
      latest: rebuilt.outputs.digest,
    });
    expect(rebuilt.outputs.tags).toBe("main\nlatest");
    expect(rebuilt.summary).toMatch(/kept \| keeps the first image of this revision/);
    expect(rebuilt.result.notes).toEqual([expect.stringMatching(/moving tags name the new build sha256:/)]);
    expect(rebuilt.summary).not.toContain(`docker pull ${plan.images[0]}:${plan.primaryTag}`);
  });

  it("of the same revision by other inputs stops everything, unless it is rebuilt on purpose", {
    timeout: LONG,
  }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const build = (fingerprint: string, seed: string) => pushBoth(path, plan.revision, { fingerprint, seed });
    const first = await runPublishIndex({ github, plan, results: await build("file=1a2b3c4d", "first") });
    expect(contentOf(path, plan.primaryTag).annotations).toEqual({
      ...plan.annotations,
      "dev.longshore.fingerprint": "file=1a2b3c4d",
    });
    const before = github.registry.tags(path);
    const results = await build("file=00000000", "other");
    const refused = await runPublishIndex({ github, plan, results });
    expect(refused.errors).toEqual([
      expect.stringMatching(/built otherwise \(file differ\).*an image name or a suffix/),
    ]);
    expect(github.registry.tags(path)).toEqual(before);
    const rebuilt = await runPublishIndex({ github, plan, results: results.map((it) => ({ ...it, rebuilt: true })) });
    expect(rebuilt.exitCode).toBe(0);
    expect(github.registry.tags(path)).toMatchObject({
      [plan.primaryTag]: first.outputs.digest,
      main: rebuilt.outputs.digest,
    });
  });

  it("stays, and so do the moving tags at the rebuilt image, when the first run is run again", {
    timeout: LONG,
  }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    await runPublishIndex({ github, plan, results });
    const rebuilt = await publish(path, plan, { seed: "newer base image" });
    const again = await runPublishIndex({ github, plan, results: reused(results) });
    expect(again).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(again)).toEqual({ [plan.primaryTag]: "done", main: "left", latest: "left" });
    expect(github.registry.tags(path)).toMatchObject({ main: rebuilt.outputs.digest, latest: rebuilt.outputs.digest });
  });

  it("of another revision stops everything, with both digests", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const [first = "", second = ""] = line;
    const plan = planOfMain(github, path, {
      revision: first,
      primaryTag: "1.2.3",
      tags: [immutable("1.2.3"), moving("latest", "highest-version")],
    });
    const released = await publish(path, plan);
    const other = planOfMain(github, path, {
      ...plan,
      revision: second,
      annotations: annotationsOf(second),
      tags: [immutable("sha-x"), immutable("1.2.3"), moving("latest", "highest-version")],
    });
    const before = github.registry.tags(path);
    const run = await publish(path, other);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toMatch(
      new RegExp(
        `1\\.2\\.3 names revision ${first} \\(${released.outputs.digest}\\), not ${second} \\(sha256:\\w{64}\\)`,
      ),
    );
    expect(github.registry.tags(path)).toEqual(before);
  });

  it("of an image that names no revision, or of another component, stops everything", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const revision = line[0] ?? "";
    const results = await pushBoth(path, revision);
    putEarlierIndex(github, path, results, {}, ["a"]);
    putEarlierIndex(github, path, results, annotationsOf(revision, { component: "ui" }), ["b"]);
    for (const [name, sentence] of [
      ["a", /a names an image that names no revision/],
      ["b", /b names an image of component ui/],
    ] as const) {
      const plan = planOfMain(github, path, { revision, primaryTag: "c", tags: [immutable("c"), immutable(name)] });
      const run = await publish(path, plan);
      expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
    }
    expect(Object.keys(github.registry.tags(path))).toEqual(["a", "b"]);
  });

  it("is guarded in every repository before it is put in any", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const second = `${path}-mirror`;
    const [first = "", revision = ""] = line;
    putEarlierIndex(github, second, await pushBoth(second, first), annotationsOf(first), ["main-x"]);
    const results = await pushBoth(path, revision);
    await pushBoth(second, revision);
    const images = [`${github.host}/${path}`, `${github.host}/${second}`];
    const plan = planOfMain(github, path, {
      revision,
      images,
      primaryTag: "main-x",
      tags: [immutable("main-x"), moving("main")],
    });
    const run = await runPublishIndex({ github, plan, results });
    expect(run).toMatchObject({
      exitCode: 1,
      errors: [expect.stringMatching(`${second}:main-x names revision ${first}`)],
    });
    expect(github.registry.tags(path)).toEqual({});
  });

  it("that cannot be put leaves the moving tags where they are", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, {
      revision: line[0] ?? "",
      tags: [immutable("one"), immutable("two"), moving("latest")],
      primaryTag: "one",
    });
    inject({ path: /manifests\/one$/, method: "PUT" }, ghcrFaults.serviceUnavailable, { times: 99 });
    const run = await publish(path, plan);
    expect(run.exitCode).toBe(1);
    expect(outcomes(run)).toEqual({ one: "failed", two: "written", latest: "skipped" });
    expect(Object.keys(github.registry.tags(path))).toEqual(["two"]);
    expect(run.errors).toEqual([expect.stringMatching(/2 of 3 tags.*:one \(.*503/)]);
    expect(run.summary).toMatch(/2 of 3 tags failed/);
  });
});

describe("tags of versions", () => {
  it("only go forward, whatever order releases end in", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const release = (version: string, revision: string) =>
      planOfMain(github, path, {
        ...{ kind: "release", revision, version, primaryTag: version },
        tags: [immutable(version), moving("1", "highest-version"), moving("latest", "highest-version")],
        annotations: annotationsOf(revision, { version }),
      });
    const newest = await publish(path, release("1.10.0", line[1] ?? ""));
    const older = await publish(path, release("1.9.0", line[2] ?? ""));
    expect(outcomes(older)).toEqual({ "1.9.0": "written", "1": "left", latest: "left" });
    expect(github.registry.tags(path)).toMatchObject({ "1": newest.outputs.digest, latest: newest.outputs.digest });
    expect(older.result.tags[1]?.reason).toBe("names the higher version 1.10.0");
  });
});

describe("several repositories", () => {
  it("in two registries hold the same bytes under the same tags", { timeout: LONG }, async () => {
    const other = await startGitHubDouble();
    try {
      const { path, line } = newProject();
      const revision = line[0] ?? "";
      const results = await pushBoth(path, revision);
      for (const platform of [amd64, arm64])
        await pushPlatform(other, "mirror/app", { platform, revision, seed: revision });
      const plan = planOfMain(github, path, {
        revision,
        images: [`${github.host}/${path}`, `${other.host}/mirror/app`],
      });
      const run = await runPublishIndex({ github, plan, results, logins: { [other.host]: other.token() } });
      expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(other.registry.tags("mirror/app")).toEqual(github.registry.tags(path));
      const { digest = "" } = run.outputs;
      expect(other.registry.manifest("mirror/app", digest)?.bytes).toEqual(
        github.registry.manifest(path, digest)?.bytes,
      );
      expect(run.outputs.references?.split("\n")).toHaveLength(6);
      expect(run.outputs.tags?.split("\n")).toHaveLength(3);
    } finally {
      await other.stop();
    }
  });

  it("may lie in a registry without logins", { timeout: LONG }, async () => {
    const debian = await startDebianRegistry();
    try {
      const { path, line } = newProject();
      const revision = line[0] ?? "";
      const results = await pushBoth(path, revision);
      await copyRepository(github, path, debian.host);
      const images = [`${debian.host}/${path}`, `${github.host}/${path}`];
      const plan = planOfMain(github, path, { revision, images });
      const run = await runPublishIndex({ github, plan, results });
      expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      const answer = await fetch(`http://${debian.host}/v2/${path}/manifests/latest`, {
        headers: { accept: OCI.index },
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes).toEqual(Buffer.from(github.registry.manifest(path, "latest")?.bytes ?? []));
      const again = await runPublishIndex({ github, plan, results: reused(results) });
      expect(again.result.tags.map(({ outcome }) => outcome)).toEqual(Array(6).fill("done"));
    } finally {
      await debian.stop();
    }
  });

  it("do not hold each other up: what fails in one is told, what lands in the other stands", {
    timeout: LONG,
  }, async () => {
    const { path, line } = newProject();
    const second = `${path}-mirror`;
    const revision = line[0] ?? "";
    const results = await pushBoth(path, revision);
    await pushBoth(second, revision);
    inject({ path: `/${second}/manifests/latest`, method: "PUT" }, ghcrFaults.badGateway, { times: 99 });
    const plan = planOfMain(github, path, { revision, images: [`${github.host}/${path}`, `${github.host}/${second}`] });
    const run = await runPublishIndex({ github, plan, results });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/1 of 6 tags/)]);
    expect(Object.keys(github.registry.tags(path))).toHaveLength(3);
    expect(Object.keys(github.registry.tags(second))).toHaveLength(2);
    expect(run.outputs.tags).toBe(`${plan.primaryTag}\nmain`);
  });
});

describe("an image of other shape", () => {
  it("of a single platform is still an index of exactly that platform", { timeout: LONG }, async () => {
    for (const attestation of [true, false]) {
      const { path, line } = newProject();
      const revision = line[0] ?? "";
      const result = await pushPlatform(github, path, { revision, attestation });
      const plan = planOfMain(github, path, { revision });
      const run = await runPublishIndex({ github, plan, results: [result] });
      expect(run).toMatchObject({ exitCode: 0, errors: [] });
      const index = contentOf(path, "main");
      expect(index.manifests[0]).toMatchObject({
        digest: result.manifest,
        platform: { os: "linux", architecture: "amd64" },
      });
      expect(index.manifests).toHaveLength(attestation ? 2 : 1);
      expect(index.annotations).toEqual(plan.annotations);
    }
  });

  it("of Docker's media types is a manifest list, guarded by the labels of its image", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const push = (revision: string) =>
      pushBoth(path, revision, { docker: true, labels: { ...annotationsOf(revision) } });
    const [first = "", second = ""] = line;
    const plan = planOfMain(github, path, {
      revision: second,
      primaryTag: "main-x",
      tags: [immutable("main-x"), moving("main")],
    });
    const run = await runPublishIndex({ github, plan, results: await push(second) });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(contentOf(path, "main")).toMatchObject({ mediaType: DOCKER.index });
    expect(contentOf(path, "main").annotations).toBeUndefined();
    expect(run.result.notes).toEqual([expect.stringMatching(/no annotations/)]);
    const older = { ...plan, revision: first, primaryTag: "main-y", tags: [immutable("main-y"), moving("main")] };
    const slow = await runPublishIndex({ github, plan: older, results: await push(first) });
    expect(outcomes(slow)).toEqual({ "main-y": "written", main: "left" });
    const clash = await runPublishIndex({ github, plan: { ...plan, revision: first }, results: await push(first) });
    expect(clash.errors).toEqual([expect.stringMatching(`main-x names revision ${second}`)]);
  });

  it("is not joined from a reused platform and a new one without both being right", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const revision = line[0] ?? "";
    const plan = planOfMain(github, path, { revision });
    const [first, second] = await pushBoth(path, revision);
    const [old] = reused(first ? [first] : []);
    const run = await runPublishIndex({ github, plan, results: [old, second] });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(run.result.reused).toBe(false);
    expect(contentOf(path, "main").manifests).toHaveLength(3);
  });
});

describe("annotations survive byte for byte", () => {
  it.each([
    "$(touch x) `id` ${{ secrets.X }} ${HOME}",
    `a"b;c'd\\e,f=g|h&i<j>k`,
    "::set-output name=x::y\n::error::z\r\n\ttab",
    "emoji 🚢 עברית \u202e 日本語 é e\u0301",
    "x".repeat(300),
    " leading and trailing ",
    "-",
    "%0A %25 percent",
  ])("%j", { timeout: LONG }, async (branch) => {
    const { path, line } = newProject();
    const revision = line[0] ?? "";
    const annotations = annotationsOf(revision, { branch, empty: "" });
    const run = await publish(path, planOfMain(github, path, { revision, annotations }));
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(contentOf(path, "main").annotations).toEqual(annotations);
  });
});

describe("a registry that fails for the moment", () => {
  const actions: readonly (readonly [string, FaultAction])[] = [
    ["503", ghcrFaults.serviceUnavailable],
    ["429 with Retry-After", ghcrFaults.tooManyRequests],
    ["GHCR's secondary limit", ghcrFaults.secondaryLimit],
    ["a reset", { type: "reset-before" }],
    ["a lost reply", { type: "reset-after-effect" }],
    ["an expired token", { type: "expire-token" }],
  ];
  const places: readonly (readonly [string, FaultMatch])[] = [
    ["any read of a manifest", { kind: "manifest-read" }],
    ["the config of an image", { kind: "blob-read" }],
    ["the put of the index", { method: "PUT", path: /manifests\/sha256:/ }],
    ["the put of an immutable tag", { method: "PUT", path: /manifests\/main-/ }],
    ["the put of a moving tag", { method: "PUT", path: /manifests\/latest$/ }],
  ];
  const table = places.flatMap(([place, match]) =>
    actions.map(([what, action]) => [what, place, match, action] as const),
  );
  it.each([
    ...table,
    ...actions.slice(0, 5).map(([what, action]) => [what, "the token", { kind: "token" }, action] as const),
  ])("is asked again: %s at %s", { timeout: LONG }, async (_what, _place, match, action) => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    inject(match, action);
    const run = await runPublishIndex({ github, plan, results });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    const { digest } = run.outputs;
    expect(github.registry.tags(path)).toEqual({ [plan.primaryTag]: digest, main: digest, latest: digest });
  });

  it("and tells each retry, as a warning and in the summary", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    inject({ method: "PUT", path: /manifests\/latest$/ }, ghcrFaults.badGateway);
    const run = await publish(path, planOfMain(github, path, { revision: line[0] ?? "" }));
    expect(run.warnings).toEqual([expect.stringMatching(/did not take the manifest latest.*502.*attempt 2 of 3/)]);
    expect(run.summary).toMatch(/- .*did not take the manifest latest/);
    expect(run.result.notes).toHaveLength(1);
  });

  it("and reads what was written late is waited for", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    inject(
      { method: ["GET", "HEAD"], path: /manifests\/latest$/ },
      { type: "stale", writesAgo: 1 },
      { skip: 1, times: 3 },
    );
    const run = await runPublishIndex({ github, plan, results });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toMatchObject({ latest: "written" });
  });

  it("and serves what was pushed some seconds later is waited for", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    injected.push(github.inject(lagging(3000, `/${path}/`)));
    const results = await pushBoth(path, plan.revision);
    const run = await runPublishIndex({ github, plan, results, inputs: { "retry-delay": "1s" } });
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(outcomes(run)).toMatchObject({ main: "written", latest: "written" });
  });

  it("between two tags leaves a run that the next one finishes", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    inject({ method: "PUT", path: /manifests\/latest$/ }, { type: "reset-before" }, { times: 99 });
    const broken = await runPublishIndex({ github, plan, results });
    expect(broken.exitCode).toBe(1);
    expect(outcomes(broken)).toEqual({ [plan.primaryTag]: "written", main: "written", latest: "failed" });
    expect(broken.outputs.tags).toBe(`${plan.primaryTag}\nmain`);
    for (const fault of injected) fault.remove();
    const again = await runPublishIndex({ github, plan, results: reused(results) });
    expect(again).toMatchObject({ exitCode: 0, errors: [] });
    expect(again.result).toMatchObject({ reused: true, digest: broken.outputs.digest });
    expect(outcomes(again)).toEqual({ [plan.primaryTag]: "done", main: "done", latest: "written" });
  });

  it("for good changes no tag and ends with one sentence", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    inject({ method: "PUT" }, ghcrFaults.serviceUnavailable, { times: 99 });
    const run = await runPublishIndex({ github, plan, results });
    expect(run).toMatchObject({
      exitCode: 1,
      errors: [expect.stringMatching(/did not take the manifest sha256:.*503/)],
    });
    expect(run.warnings).toHaveLength(2);
    expect(github.registry.tags(path)).toEqual({});
  });

  it("is not asked again for a permission that is missing", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    const run = await runPublishIndex({ github, plan, results, token: github.token({ packages: "read" }) });
    expect(run).toMatchObject({ exitCode: 1, warnings: [] });
    expect(run.errors).toEqual([expect.stringMatching(/does not let this login write to .*grant `packages: write`/)]);
  });
});

describe("a machine without docker", () => {
  it("is told what to set up", { timeout: LONG }, async () => {
    const { path, line } = newProject();
    const plan = planOfMain(github, path, { revision: line[0] ?? "" });
    const results = await pushBoth(path, plan.revision);
    const folder = mkdtempSync(join(tmpdir(), "longshore-only-bash-"));
    const bash = ["/bin/bash", "/usr/bin/bash"].find((program) => existsSync(program)) ?? "";
    symlinkSync(bash, join(folder, "bash"));
    const run = await runPublishIndex({ github, plan, results, env: { PATH: folder } });
    rmSync(folder, { recursive: true });
    expect(run).toMatchObject({
      exitCode: 1,
      errors: [expect.stringMatching(/no docker with buildx here: run docker\/setup-buildx/)],
    });
    expect(github.registry.tags(path)).toEqual({});
  });
});
