import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fork, mergeGroup, pullRequest, push, sha, workflowRun } from "../../doubles/events.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { runFindImage, type StoredImage, storeImage } from "./find-image-run.ts";
import { amd64, arm64 } from "./publish-index-run.ts";

let github: GitHubDouble;
let count = 0;
const other = "abc1234".padEnd(40, "f");

beforeAll(async () => {
  github = await startGitHubDouble({ checkSchemas: true });
  const app = github.repository("Acme/App");
  app.setBranch("main", app.addCommit({ sha: other }));
  app.addCommit({ sha });
  app.openPullRequest({ number: 12, head: { branch: "feature/x", sha } });
  app.setTag("v1.2.3", sha);
});
afterAll(() => github.stop());

/** A repository of its own for each test, with these images. */
async function store(...images: readonly StoredImage[]) {
  count += 1;
  const path = `acme/find-${count}`;
  const stored = [];
  for (const image of images) stored.push(await storeImage(github, path, image));
  return { path, stored, first: stored[0] as Awaited<ReturnType<typeof storeImage>> };
}

describe("the image of an event", () => {
  const events = [
    ["a pull request", pullRequest(), "pr-12-abc1234"],
    ["a pull request of a fork", pullRequest({}, fork), "pr-12-abc1234"],
    ["a push of a branch", push("refs/heads/feature/Add_New-Feature"), "feature-add-new-feature-abc1234"],
    ["a push of the default branch", push("refs/heads/main"), "main-abc1234"],
    ["a push of the default branch, by the full commit", push("refs/heads/main"), `sha-${sha}`],
    ["a release tag", push("refs/tags/v1.2.3"), "1.2.3"],
    ["a merge queue", mergeGroup(), "mq-34-abc1234"],
    ["a finished run of the build", workflowRun(), "feature-x-abc1234"],
  ] as const;
  it.each(events)("of %s is found, without asking the API", async (_what, on, tag) => {
    const { path, first } = await store({ tags: [tag], revision: sha });
    github.clearRequests();
    const run = await runFindImage({ github, path, on });
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toEqual({
      reference: `${github.host}/${path}@${first.digest}`,
      digest: first.digest,
      tag,
      revision: sha,
      platforms: "linux/amd64,linux/arm64",
      source: "registry",
    });
    expect(run.summary).toContain(first.digest);
    expect(github.requests.filter(({ path }) => path.startsWith("/repos/"))).toEqual([]);
  });

  it("is of its suffix and its component", async () => {
    const { path, first } = await store(
      { tags: ["pr-12-abc1234-alpine"], revision: sha, component: "api" },
      { tags: ["pr-12-abc1234"], revision: sha, component: "api" },
    );
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { suffix: "alpine", component: "api" } });
    expect(run.outputs).toMatchObject({ digest: first.digest, tag: "pr-12-abc1234-alpine" });
    const ui = await runFindImage({ github, path, on: pullRequest(), inputs: { component: "ui" } });
    expect(ui.errors.join()).toContain("it is of component api, and ui is expected");
  });

  it("says by labels what it is where its index cannot", async () => {
    const { path, first } = await store({ tags: ["pr-12-abc1234"], revision: sha, byLabels: true });
    const run = await runFindImage({ github, path, on: pullRequest() });
    expect(run.outputs.digest).toBe(first.digest);
  });

  it("needs an event that names an image", async () => {
    const { path } = await store();
    const run = await runFindImage({ github, path, on: pullRequest({ state: "closed" }) });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      "This event tells no image to find (Nothing is built: the pull request is closed.): give the input `revision` or `pull-request`.",
    ]);
  });
});

describe("the image of a commit", () => {
  it.each([
    ["by its short name", [`sha-${sha.slice(0, 7)}`]],
    ["by the branch it was built on", ["feature-x-abc1234"]],
    ["by the pull request it was built for", ["pr-7-abc1234", "main-0000000", "latest"]],
  ])("is found %s", async (_how, tags) => {
    const { path, first } = await store({ tags, revision: sha });
    const run = await runFindImage({ github, path, inputs: { revision: sha.toUpperCase() } });
    expect(run.outputs).toMatchObject({ digest: first.digest, tag: tags[0], revision: sha });
  });

  it("is found among a hundred other tags, page by page, and not by seven digits alone", async () => {
    const tags = Array.from({ length: 1200 }, (_, index) => `extra-${String(index).padStart(4, "0")}`);
    const { path, stored } = await store(
      { tags: [...tags, "a-branch-abc1234"], revision: other },
      { tags: ["z-branch-abc1234"], revision: sha },
    );
    const run = await runFindImage({ github, path, inputs: { revision: sha } });
    expect(run.outputs).toMatchObject({ digest: stored[1]?.digest, tag: "z-branch-abc1234" });
  });

  it("is not taken from tags whose names are none", async () => {
    const { path } = await store();
    const tags = [
      "../../../api-abc1234",
      "x\n::error::owned-abc1234",
      "<b>-abc1234",
      "a b-abc1234",
      "pr-1-abc1234\u202e",
    ];
    const fault = github.inject({
      match: { kind: "tags-list", path },
      action: { type: "answer", status: 200, body: { name: path, tags } },
    });
    github.clearRequests();
    const run = await runFindImage({ github, path, inputs: { revision: sha } });
    expect(fault.struck).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.commands.filter((line) => line.includes("owned"))).toEqual([]);
    const asked = github.requests.filter(({ kind }) => kind === "manifest-read").map((request) => request.path);
    expect(new Set(asked).size).toBe(2);
  });

  it("may be named by a git tag", async () => {
    const { path, first } = await store({ tags: [`sha-${sha}`], revision: sha });
    const run = await runFindImage({ github, path, inputs: { revision: "v1.2.3" } });
    expect(run.outputs).toMatchObject({ digest: first.digest, revision: sha });
  });
});

describe("the image of a pull request by number", () => {
  it("is that of its head now", async () => {
    const { path, first } = await store({ tags: ["pr-12-abc1234"], revision: sha });
    const run = await runFindImage({ github, path, inputs: { "pull-request": "12" } });
    expect(run.outputs).toMatchObject({ digest: first.digest, tag: "pr-12-abc1234", revision: sha });
  });

  it("needs a pull request that exists", async () => {
    const { path } = await store();
    const run = await runFindImage({ github, path, inputs: { "pull-request": "404" } });
    expect(run.errors.join()).toMatch(/no pull request 404 of Acme\/App \(404\): check the number/);
  });
});

describe("freshness", () => {
  it("an image of another commit under the right name is an error that shows both, at once", async () => {
    const { path } = await store({ tags: ["pr-12-abc1234"], revision: other });
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { wait: "10m" } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toEqual({});
    expect(run.errors).toEqual([
      `Not the image that is wanted: ${github.host}/${path}:pr-12-abc1234 is there, but it is of commit ${other}, and ${sha} is expected.`,
    ]);
  });

  it("an image that does not say its commit is an error too", async () => {
    const { path } = await store();
    github.registry.seedImages(path, 1, () => ({ tags: ["pr-12-abc1234"], annotations: { note: "mine" } }));
    const run = await runFindImage({ github, path, on: pullRequest() });
    expect(run.errors.join()).toContain("does not say which commit it is of");
  });
});

describe("platforms", () => {
  it("the reference is of one platform's manifest where that is asked for", async () => {
    const { path, first } = await store({ tags: ["pr-12-abc1234"], revision: sha });
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { platform: "linux/arm64/v8" } });
    const digest = first.manifests.get(arm64);
    expect(run.outputs).toMatchObject({ digest, reference: `${github.host}/${path}@${digest}` });
    expect(run.outputs.platforms).toBe("linux/amd64,linux/arm64");
  });

  it("an image without one of them is not the one", async () => {
    const { path } = await store({ tags: ["pr-12-abc1234"], revision: sha, platforms: [amd64] });
    const inputs = { platforms: "linux/amd64,linux/arm64" };
    const run = await runFindImage({ github, path, on: pullRequest(), inputs });
    expect(run.errors.join()).toContain("it lacks linux/arm64 (it has linux/amd64)");
  });
});

describe("waiting", () => {
  it("goes on until somebody has pushed the image, and says that it waits", async () => {
    const { path } = await store();
    let looks = 0;
    const remove = github.onRequest(async ({ when, kind, path: asked }) => {
      if (when !== "before" || kind !== "manifest-read" || !asked.includes(`${path}/manifests/pr-12`)) return;
      looks += 1;
      if (looks === 3) await storeImage(github, path, { tags: ["pr-12-abc1234"], revision: sha });
    });
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { wait: "1m" } });
    remove();
    expect(run.exitCode).toBe(0);
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(run.stdout).toContain("Waiting for the pull request 12 at abc1234 (0 s of 60 s): no such tag is there.");
  });

  it("ends in time, with one sentence on what was looked for, where and how long", async () => {
    const { path } = await store();
    const inputs = { wait: "2s", platforms: "linux/arm64" };
    const run = await runFindImage({ github, path, on: push("refs/heads/main"), inputs });
    const name = `${github.host}/${path}`;
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      `The default-branch image of abc1234 was not found within 2 s (3 looks): looked for ${name}:main-abc1234, ${name}:sha-abc1234, ${name}:sha-${sha} with linux/arm64; no such tag is there. Check that its build has run and pushed, or raise the input \`wait\`.`,
    ]);
  });

  it.each([
    ["fails for the moment", ghcrFaults.badGateway],
    ["refuses without a reason, as under load", ghcrFaults.secondaryLimit],
    ["does not show what was pushed just now", { type: "stale", writesAgo: 3 } as const],
    ["breaks the line", { type: "reset-before" } as const],
  ])("outlasts a registry that %s", async (_what, action) => {
    const { path, first } = await store({ tags: ["pr-12-abc1234"], revision: sha });
    const fault = github.inject({ match: { kind: "manifest-read", path: path }, times: 4, action });
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { wait: "1m" } });
    fault.remove();
    expect(run.errors).toEqual([]);
    expect(run.outputs.digest).toBe(first.digest);
    expect(run.stdout).toContain("Waiting for");
  });

  it("outlasts a part that can be read later than the index", async () => {
    const { path, first } = await store({ tags: ["pr-12-abc1234"], revision: sha });
    const part = first.manifests.get(arm64) ?? "";
    const fault = github.inject({ match: { path: part }, times: 2, action: ghcrFaults.manifestUnknown });
    const run = await runFindImage({ github, path, on: pullRequest(), inputs: { wait: "1m" } });
    fault.remove();
    expect(run.outputs.digest).toBe(first.digest);
    expect(run.stdout).toContain(`its part ${part} (linux/arm64) cannot be read`);
  });

  it("does not outlast a refusal", async () => {
    const { path } = await store({ tags: ["pr-12-abc1234"], revision: sha });
    const inputs = { wait: "10m", token: github.token({ packages: "none" }) };
    const run = await runFindImage({ github, path, on: pullRequest(), inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors.join()).toContain("grant `packages: read`");
  });
});

describe("bad inputs are told in one sentence", () => {
  it.each([
    [{ wait: "soon" }, 'Input `wait` is "soon"'],
    [{ interval: "0s" }, "at least `1s`"],
    [{ "pull-request": "0" }, "Input `pull-request`"],
    [{ "pull-request": "12; rm -rf /" }, "Input `pull-request`"],
    [{ platforms: "linux/pdp11" }, "linux/pdp11"],
    [{ image: "ghcr.io/a/b\nghcr.io/c/d" }, "names 2 repositories"],
    [{ revision: "no-such-branch" }, "no-such-branch"],
    [{ suffix: "::error::x" }, "uffix"],
  ])("%j", async (inputs, words) => {
    const { path } = await store();
    const run = await runFindImage({ github, path, on: pullRequest(), inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(words);
  });
});
