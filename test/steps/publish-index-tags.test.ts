import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImagePlan, PlannedTag } from "@longshore/tagging";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import {
  annotationsOf,
  DOCKER,
  immutable,
  moving,
  OCI,
  planOfMain,
  pushPlatform,
  putEarlierIndex,
  reused,
  runPublishIndex,
} from "./publish-index-run.ts";

// Images that are there already need no docker to be joined: what becomes of their tags is all that is looked at.

let github: GitHubDouble;
let count = 0;
beforeAll(async () => {
  github = await startGitHubDouble();
});
afterAll(() => github.stop());

/** A repository whose main was pushed, then forced from `left` to `tip`; `base` is the parent of both. */
function newProject() {
  count += 1;
  const path = `acme/tags${count}`;
  const repository = github.repository(path);
  const commit = (message: string, ...parents: string[]) => repository.addCommit({ parents, message: path + message });
  const base = commit("base");
  const left = commit("left", base);
  const tip = commit("tip", base);
  repository.setBranch("main", tip);
  const image = async (revision: string, tags: readonly string[], own: Readonly<Record<string, string>> = {}) => {
    const results = [await pushPlatform(github, path, { revision, seed: revision })];
    return {
      results,
      digest: putEarlierIndex(github, path, results, annotationsOf(revision, { branch: "main", ...own }), tags),
    };
  };
  /** Publishes the image of a revision that its primary tag names already. */
  const publish = async (plan: ImagePlan, own: Readonly<Record<string, string>> = {}) => {
    const { results, digest } = await image(plan.revision, [plan.primaryTag], own);
    github.clearRequests();
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    const outcomes = Object.fromEntries(run.result.tags.map(({ name, outcome }) => [name, outcome]));
    return { ...run, digest, outcomes };
  };
  const ofMain = (revision: string, changes: Partial<ImagePlan> = {}) =>
    planOfMain(github, path, { revision, ...changes });
  return { path, repository, commit, base, left, tip, image, publish, ofMain, tags: () => github.registry.tags(path) };
}

const asked = () => github.requests.map(({ kind }) => kind).filter((kind) => kind === "ref" || kind === "compare");

describe("after a force push of main", () => {
  it("its tip takes the moving tags from the commit it has left", async () => {
    const { left, tip, image, publish, ofMain, tags } = newProject();
    await image(left, ["main", "latest"]);
    const run = await publish(ofMain(tip));
    expect(run).toMatchObject({
      exitCode: 0,
      errors: [],
      warnings: [],
      outcomes: { main: "written", latest: "written" },
    });
    expect(tags()).toMatchObject({ main: run.digest, latest: run.digest });
    expect(run.result.tags[1]?.reason).toBe(`moved from ${left.slice(0, 7)} to the tip of branch main`);
    expect(asked().sort()).toEqual(["compare", "ref"]);
  });

  it("so do two commits later ones, and from a commit that GitHub has forgotten", async () => {
    const { tip, image, publish, ofMain, commit, repository } = newProject();
    await image("e".repeat(40), ["main", "latest"]);
    const later = commit("later", commit("next", tip));
    repository.setBranch("main", later);
    const run = await publish(ofMain(later));
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "written", latest: "written" } });
  });

  it("what main has left takes nothing, and a warning says why and what to do", async () => {
    const { left, tip, image, publish, ofMain, tags } = newProject();
    const { digest } = await image(tip, ["main", "latest"]);
    const run = await publish(ofMain(left));
    expect(run).toMatchObject({ exitCode: 0, errors: [], outcomes: { main: "left", latest: "left" } });
    expect(run.warnings).toEqual([
      expect.stringMatching(/^Not put: \S+:main, \S+:latest names .*no ancestor.*branch main is at .* start that one/),
    ]);
    expect(tags()).toMatchObject({ main: digest, latest: digest });
  });

  it("a slow run leaves the tags at a newer commit, with a notice and no warning", async () => {
    const { base, tip, image, publish, ofMain, tags } = newProject();
    const { digest } = await image(tip, ["main", "latest"]);
    const run = await publish(ofMain(base));
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "left", latest: "left" } });
    expect(run.notices).toEqual([expect.stringMatching(/^Not put: .*newer than this revision/)]);
    expect(tags()).toMatchObject({ main: digest, latest: digest });
  });

  it("back to where it was the tags go back, and stay there when the other run ends late", async () => {
    const { base, tip, image, publish, ofMain, repository, tags } = newProject();
    await image(tip, ["main", "latest"]);
    repository.setBranch("main", base);
    const run = await publish(ofMain(base));
    expect(run).toMatchObject({ warnings: [], outcomes: { main: "written", latest: "written" } });
    const late = await publish(ofMain(tip));
    expect(late).toMatchObject({ outcomes: { main: "left", latest: "left" } });
    expect(tags()).toMatchObject({ main: run.digest, latest: run.digest });
  });

  it("an image of another repository keeps the tag, whose name a warning tells", async () => {
    const { path, tip, publish, ofMain } = newProject();
    const source = "org.opencontainers.image.source";
    const foreign = { ...annotationsOf("e".repeat(40)), [source]: "https://github.com/acme/other" };
    putEarlierIndex(github, path, [await pushPlatform(github, path, { seed: "other" })], foreign, ["main", "latest"]);
    const plan = ofMain(tip, { annotations: { ...annotationsOf(tip), [source]: "https://github.com/acme/tags" } });
    const run = await publish(plan);
    expect(run.outcomes).toMatchObject({ main: "left", latest: "left" });
    expect(run.warnings).toEqual([expect.stringMatching(/acme\/other; set `adopt-tags: true`/)]);
  });
});

it("a pull request's tag of one's own follows its head after a force push", async () => {
  const { path, image, publish, ofMain, repository, left, tip, tags } = newProject();
  repository.openPullRequest({ head: { branch: "feature/a_b", sha: tip } });
  const staging: PlannedTag = { ...moving("staging"), class: "extra" };
  const plan = (revision: string) =>
    ofMain(revision, {
      ...{ kind: "pull-request", branch: "feature/a_b", primaryTag: `pr-1-${revision.slice(0, 7)}` },
      tags: [immutable(`pr-1-${revision.slice(0, 7)}`), staging],
    });
  await image(left, ["staging"], { branch: "feature/a_b" });
  const run = await publish(plan(tip));
  expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { staging: "written" } });
  expect(tags()).toMatchObject({ staging: run.digest });
  repository.deleteBranch("feature/a_b");
  const gone = await publish(plan(left));
  expect(gone.warnings).toEqual([expect.stringMatching(/branch feature\/a_b is gone; .*`allow-backward: true`/)]);
  expect(github.requests.some((it) => it.path.includes(path) && it.kind === "ref")).toBe(true);
});

describe("`latest: both`", () => {
  it("comes back to the default branch after a release from another branch, and then to the next release", async () => {
    const { base, tip, commit, publish, ofMain, repository, tags } = newProject();
    const fix = commit("fix", base);
    for (const [name, sha] of [
      ["v1.2.3", base],
      ["v1.2.4", fix],
    ] as const)
      repository.setTag(name, sha);
    const release = ofMain(fix, {
      ...{ kind: "release", branch: "", version: "1.2.4", primaryTag: "1.2.4" },
      tags: [immutable("1.2.4"), moving("latest", "highest-version")],
    });
    const released = await publish(release, { version: "1.2.4", branch: "" });
    expect(tags()).toMatchObject({ latest: released.digest });
    const main = await publish(ofMain(tip));
    expect(main).toMatchObject({ warnings: [], outcomes: { latest: "written" } });
    expect(tags()).toMatchObject({ latest: main.digest });
    const later = commit("later", tip);
    repository.setBranch("main", later);
    const slow = await publish(ofMain(tip));
    expect(slow.outcomes.latest).toBe("done");
    const last = await publish(ofMain(later));
    expect(tags()).toMatchObject({ latest: last.digest });
  });
});

describe("`latest: both`, at the tip of main, when an older run is started again", () => {
  const line: PlannedTag = { ...moving("1.0", "highest-version"), class: "version-line" };
  const releaseOf = (project: ReturnType<typeof newProject>, revision: string) =>
    project.ofMain(revision, {
      ...{ kind: "release", branch: "", version: "1.0.0", primaryTag: "1.0.0" },
      tags: [immutable("1.0.0"), line, moving("latest", "highest-version")],
    });

  it.each(["base", "left"] as const)("stays, also for a release of %s", async (of) => {
    const project = newProject();
    const { tip, image, publish, tags } = project;
    const { digest } = await image(tip, ["main", "latest"]);
    const run = await publish(releaseOf(project, project[of]), { version: "1.0.0", branch: "" });
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { "1.0": "written", latest: "left" } });
    expect(run.notices).toEqual([expect.stringMatching(/^Not put: \S+:latest names /)]);
    expect(tags()).toMatchObject({ latest: digest });
  });

  it("and no commit but the tip takes it from a release", async () => {
    const project = newProject();
    const { base, tip, commit, image, publish, ofMain, repository, tags } = project;
    const later = commit("later", tip);
    repository.setBranch("main", later);
    await image(later, ["main"]);
    const { digest } = await image(base, ["1.0.0", "1.0", "latest"], { version: "1.0.0", branch: "" });
    const run = await publish(ofMain(tip));
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "left", latest: "left" } });
    expect(tags()).toMatchObject({ latest: digest });
    expect(await publish(ofMain(later))).toMatchObject({ outcomes: { latest: "written" } });
  });
});

describe("a version that is withdrawn", () => {
  const line = (name: string): PlannedTag => ({ ...moving(name, "highest-version"), class: "version-line" });
  const release = (project: ReturnType<typeof newProject>, changes: Partial<ImagePlan>) =>
    project.ofMain(project.tip, {
      ...{ kind: "release", branch: "", version: "1.2.4", primaryTag: "1.2.4" },
      tags: [immutable("1.2.4"), line("1.2"), line("1"), moving("latest", "highest-version")],
      ...changes,
    });
  const waiting = {
    tags: [immutable("1.2.4"), line("1.2")],
    notMoved: ["1", "latest"].map((name) => ({ name, reason: "1.3.0 is higher", higher: ["1.3.0", "1.2.9"] })),
  };

  /** Higher versions whose image was asked for. */
  const lookedAt = () => [
    ...new Set(github.requests.flatMap((it) => /manifests\/(1\.(?:3\.0|2\.9))$/.exec(it.path)?.[1] ?? [])),
  ];

  it("by its git tag gives its moving tags to the next release", async () => {
    const project = newProject();
    const { left, tip, image, publish, repository, tags } = project;
    await image(left, ["1.3.0", "1", "latest"], { version: "1.3.0" });
    repository.setTag("v1.2.4", tip);
    const run = await publish(release(project, {}), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { "1": "written", latest: "written" } });
    expect(tags()).toMatchObject({ "1": run.digest, latest: run.digest });
    expect(run.result.tags.at(-1)?.reason).toMatch(/1\.3\.0, which is withdrawn/);
  });

  it.each([
    ["whose git tag is there", ["v1.2.4", "v1.3.0"]],
    ["where git tags name no versions", ["nightly"]],
  ])("is none %s: the tags stay, with a notice", async (_, gitTags) => {
    const project = newProject();
    const { left, tip, image, publish, repository, tags } = project;
    const { digest } = await image(left, ["1.3.0", "1", "latest"], { version: "1.3.0" });
    for (const name of gitTags) repository.setTag(name, tip);
    const run = await publish(release(project, {}), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { "1.2": "written", "1": "left" } });
    expect(run.notices).toEqual([expect.stringMatching(/:1, .*:latest names the higher version 1\.3\.0/)]);
    expect(tags()).toMatchObject({ "1": digest, latest: digest });
  });

  it("or never built, as its image is missing, is no obstacle", async () => {
    const project = newProject();
    const { left, image, publish, tags } = project;
    await image(left, ["1.2.3", "1", "latest"], { version: "1.2.3" });
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, warnings: [], outcomes: { "1": "written", latest: "written" } });
    expect(run.result.notMoved).toEqual([]);
    expect(tags()).toMatchObject({ "1": run.digest, latest: run.digest });
    expect(lookedAt()).toEqual(["1.3.0", "1.2.9"]);
  });

  it("keeps `1` and `latest` where it holds them, with a notice", async () => {
    const project = newProject();
    const { path, left, image, publish } = project;
    await image(left, ["1.3.0", "1", "latest"], { version: "1.3.0" });
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, warnings: [] });
    const all = `${github.host}/${path}:1, ${github.host}/${path}:latest`;
    expect(run.notices).toEqual([`Not moved: ${all}, as 1.3.0 is higher.`]);
  });

  it("keeps them with a notice also under the image of its commit, which names no version", async () => {
    const project = newProject();
    const { left, image, publish } = project;
    await image(left, ["main-1234567", "1.3.0", "1", "latest"]);
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({
      exitCode: 0,
      warnings: [],
      notices: [expect.stringMatching(/:1, .*:latest, as 1\.3\.0/)],
    });
  });

  it("keeps `latest` with a notice where an image of the default branch has it", async () => {
    const project = newProject();
    const { left, tip, image, publish } = project;
    await image(left, ["1.3.0", "1"], { version: "1.3.0" });
    await image(tip, ["main", "latest"]);
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({
      exitCode: 0,
      warnings: [],
      notices: [expect.stringMatching(/:1, .*:latest, as 1\.3\.0/)],
    });
  });

  it("says with a warning what to do where it holds them back and holds none, such as after a failed gate", async () => {
    const project = newProject();
    const { left, base, image, publish, tags } = project;
    await image(left, ["1.3.0"], { version: "1.3.0" });
    const { digest } = await image(base, ["1.2.3", "1", "latest"], { version: "1.2.3" });
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, notices: [], outcomes: { "1.2": "written" } });
    expect(run.warnings).toEqual([
      expect.stringMatching(
        /^Not moved: \S+:1, \S+:latest, as 1\.3\.0 is higher and has an image, but was not given its moving tags: .*run of 1\.3\.0.*delete its git tag/,
      ),
    ]);
    expect(run.summary).toMatch(/`latest`.* stays where it is: 1\.3\.0 is higher and has an image/);
    expect(tags()).toMatchObject({ "1": digest, latest: digest });
  });

  it.each([
    ["the highest", "1.3.0", ["1.3.0"]],
    ["a lower one", "1.2.9", ["1.3.0", "1.2.9"]],
  ])("but is one where %s has an image", async (_, version, looked) => {
    const project = newProject();
    const { left, image, publish } = project;
    await image(left, [version], { version });
    const run = await publish(release(project, waiting), { version: "1.2.4" });
    expect(run).toMatchObject({ exitCode: 0, outcomes: { "1.2.4": "done", "1.2": "written" } });
    expect(run.outcomes).not.toHaveProperty("latest");
    expect(run.result.notMoved.map(({ name }) => name)).toEqual(["1", "latest"]);
    expect(lookedAt()).toEqual(looked);
  });
});

it("an image of before gets no name of the clock: neither the moment nor the day", async () => {
  const { tip, publish, ofMain, tags } = newProject();
  const plan = ofMain(tip);
  const clock: readonly PlannedTag[] = [
    { ...immutable("20240629-143022"), class: "date-time" },
    { ...moving("20240629"), class: "date" },
  ];
  const run = await publish({ ...plan, tags: [...plan.tags, ...clock] });
  expect(run).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  expect(Object.keys(tags()).sort()).toEqual(["latest", "main", plan.primaryTag].sort());
  expect(run.outputs.tags).not.toMatch(/2024/);
  expect(run.result.notes).toEqual([expect.stringMatching(/^20240629-143022, 20240629 .*made before/)]);
});

describe("an immutable tag that keeps another image in a second registry", () => {
  /** An image under its primary tag, whose parts are in both repositories; the second has another one under that tag. */
  async function publishBeside(part: (path: string) => Promise<string>) {
    const { path, tip, ofMain, image } = newProject();
    const second = `${path}-mirror`;
    const plan = ofMain(tip, { images: [`${github.host}/${path}`, `${github.host}/${second}`] });
    const { results, digest } = await image(tip, [plan.primaryTag]);
    await pushPlatform(github, second, { revision: tip, seed: tip });
    const manifest = await part(second);
    const others = results.map((result) => ({ ...result, manifest }));
    const kept = putEarlierIndex(github, second, others, annotationsOf(tip), [plan.primaryTag]);
    const run = await runPublishIndex({ github, plan, results: reused(results) });
    const name = `${github.host}/${second}:${plan.primaryTag}`;
    return { run, digest, kept, name, first: plan.images[0], second: plan.images[1] };
  }

  it("is told: the registries differ, and what to do", async () => {
    const { run, digest, kept, first, second } = await publishBeside(
      async (path) => (await pushPlatform(github, path, { seed: "another build" })).manifest,
    );
    expect(run.exitCode).toBe(0);
    expect(run.warnings).toHaveLength(1);
    expect(run.warnings[0]).toMatch(
      new RegExp(`names different images: ${digest} in ${first}, ${kept} in ${second}\\. .*promote-image\\.yml`),
    );
  });

  it("that lacks a part is told with what to do", async () => {
    const gone = `sha256:${"0".repeat(64)}`;
    const { run, kept, name } = await publishBeside(async () => gone);
    expect(run.exitCode).toBe(0);
    expect(run.warnings[0]).toMatch(
      new RegExp(`${name} keeps a broken image, which lacks ${gone}: delete version ${kept} of the package, then run`),
    );
    expect(run.result.notes.join()).toContain("keeps a broken image");
  });
});

describe("an image that is joined anew and has its names already gets no other moment and no other day", () => {
  const clock = (day: string): readonly PlannedTag[] => [
    { ...immutable(`${day}-143022`), class: "date-time" },
    { ...moving(day), class: "date" },
  ];

  /** Publishes what `docker buildx imagetools create` is said to print: the same bytes each time. */
  async function publishJoined(docker: boolean) {
    const { path, tip, ofMain, tags } = newProject();
    const pushed = await pushPlatform(github, path, { revision: tip, docker, labels: annotationsOf(tip) });
    const bare = ofMain(tip);
    const { manifests } = (github.registry.manifest(path, pushed.digest)?.content ?? {}) as { manifests?: object[] };
    const size = github.registry.manifest(path, pushed.manifest)?.bytes.length ?? 0;
    const platform = { os: "linux", architecture: "amd64" };
    const index = docker
      ? { mediaType: DOCKER.index, manifests: [{ mediaType: DOCKER.manifest, digest: pushed.digest, size, platform }] }
      : { mediaType: OCI.index, manifests, annotations: bare.annotations };
    const programs = await mkdtemp(join(tmpdir(), "longshore-docker-"));
    await writeFile(join(programs, "index.json"), JSON.stringify({ schemaVersion: 2, ...index }));
    await writeFile(join(programs, "docker"), `#!/bin/sh\ncat "${programs}/index.json"\n`, { mode: 0o755 });
    const publish = (day: string, results = [pushed]) => {
      const plan = { ...bare, tags: [...bare.tags, ...clock(day)] };
      return runPublishIndex({ github, plan, results, env: { PATH: `${programs}:${process.env.PATH}` } });
    };
    return { pushed, publish, tags, remove: () => rm(programs, { recursive: true }) };
  }

  it.each([
    ["when its merge job alone is started again", false, false],
    ["when all its jobs are and Docker's media types tell nothing", true, true],
  ])("%s", async (_, docker, isReused) => {
    const { pushed, publish, tags, remove } = await publishJoined(docker);
    try {
      expect(await publish("20240628")).toMatchObject({ exitCode: 0, errors: [] });
      const before = tags();
      expect(before).toHaveProperty("20240628-143022");
      const again = await publish("20240629", isReused ? [...reused([pushed])] : [pushed]);
      expect(again).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(tags()).toEqual(before);
      expect(again.result.notes).toContainEqual(expect.stringMatching(/^20240629-143022, 20240629 .*made before/));
      const same = await publish("20240628");
      expect(same.result.tags.map(({ outcome }) => outcome)).toEqual(same.result.tags.map(() => "done"));
    } finally {
      await remove();
    }
  });
});
