import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type EventContext, parseImagePlan } from "@longshore/tagging";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { event, fork, mergeGroup, pullRequest, push, release, repository, sha } from "../../doubles/events.ts";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { callsOf, runPlanImage, startExample } from "../../tools/benchmarks/plan-image-run.ts";
import { runBundle } from "../../tools/run-bundle.ts";

const gitTags = ["v1.1.8", "v1.2.0", "v1.2.3", "api/v3.0.0"];
let gitHub: GitHubDouble;
beforeEach(async () => {
  gitHub = await startExample(gitTags);
});
afterEach(() => gitHub.stop());

const allTags = "git/matching-refs/tags";
const commit = `git/commits/${sha}`;

interface Row {
  readonly kind: string;
  readonly event: EventContext;
  readonly primary: string;
  readonly moving: readonly string[];
  readonly calls: readonly string[];
}

test.each<Row>([
  { kind: "pull-request", event: pullRequest(), primary: "pr-12-abc1234", moving: [], calls: [commit] },
  { kind: "feature", event: push("refs/heads/feature/x"), primary: "feature-x-abc1234", moving: [], calls: [] },
  {
    kind: "default-branch",
    event: push("refs/heads/main"),
    primary: "main-abc1234",
    moving: ["20240628", "main"],
    calls: [allTags],
  },
  {
    kind: "release",
    event: push("refs/tags/v1.2.3"),
    primary: "1.2.3",
    moving: ["1.2", "1", "latest"],
    calls: [allTags],
  },
  {
    kind: "release",
    event: release("v1.2.3"),
    primary: "1.2.3",
    moving: ["1.2", "1", "latest"],
    calls: [commit, allTags],
  },
  { kind: "prerelease", event: push("refs/tags/v2.0.0-rc.1"), primary: "2.0.0-rc.1", moving: [], calls: [] },
  { kind: "merge-queue", event: mergeGroup(), primary: "mq-34-abc1234", moving: [], calls: [] },
  { kind: "tag", event: push("refs/tags/nightly"), primary: "nightly", moving: [], calls: [] },
])("$event.eventName of a $kind: $primary", async ({ kind, event, primary, moving, calls }) => {
  const run = await runPlanImage(event, gitHub);
  expect(run.errors).toEqual([]);
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({
    kind,
    images: "ghcr.io/acme/app",
    "primary-tag": primary,
    "moving-tags": moving.join("\n"),
    revision: sha,
    delivery: "registry",
  });
  expect(run.outputs.tags?.split("\n").sort()).toEqual(
    [...lines(run.outputs["immutable-tags"]), ...lines(run.outputs["moving-tags"])].sort(),
  );
  expect(lines(run.outputs.references)).toEqual(lines(run.outputs.tags).map((tag) => `ghcr.io/acme/app:${tag}`));
  expect(lines(run.outputs.labels)).toContain(`org.opencontainers.image.revision=${sha}`);
  expect(lines(run.outputs.labels)).toContain("org.opencontainers.image.created=2024-06-28T14:30:22Z");
  expect(parseImagePlan(run.outputs.plan ?? "")).toMatchObject({ kind, primaryTag: primary, revision: sha });
  for (const tag of lines(run.outputs.tags))
    expect(run.stdout).toMatch(new RegExp(`^${literally(tag)} +(?:im|m)`, "mu"));
  expect(run.summary).toContain(primary);
  expect(callsOf(gitHub)).toEqual([...calls].sort());
});

test("every output of action.yml is written, and no other", async () => {
  const { outputs } = parse(readFileSync(new URL("../../scripts/plan-image/action.yml", import.meta.url), "utf8"));
  const named = await runPlanImage(push("refs/heads/main"), gitHub);
  const unnamed = await runPlanImage(event("issues", { repository }), gitHub);
  expect(Object.keys(named.outputs).sort()).toEqual(Object.keys(outputs).sort());
  expect(Object.keys(unnamed.outputs).sort()).toEqual(Object.keys(outputs).sort());
});

test("an event that names nothing ends well, says so and asks GitHub nothing", async () => {
  const run = await runPlanImage(pullRequest({ state: "closed", merged: true }, {}), gitHub);
  const create = await runPlanImage(event("create", { repository }), gitHub);
  for (const { exitCode, outputs, notices } of [create]) {
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ kind: "none", delivery: "none", tags: "", references: "", "primary-tag": "" });
    expect(outputs.reason).not.toBe("");
    expect(notices).toEqual([expect.stringContaining(outputs.reason ?? "?")]);
  }
  expect(run.outputs.kind).toBe("none");
  expect(callsOf(gitHub)).toEqual([]);
});

test("a fork's pull request is kept as an archive", async () => {
  const { outputs } = await runPlanImage(pullRequest({}, fork), gitHub);
  expect(outputs).toMatchObject({ kind: "pull-request", delivery: "artifact" });
  expect(outputs.reason).toContain("fork");
});

test("a fork's pull request that shall be pushed is an archive nevertheless, with a warning", async () => {
  const run = await runPlanImage(pullRequest({}, fork), gitHub, { inputs: { push: "always" } });
  expect(run).toMatchObject({ exitCode: 0, outputs: { delivery: "artifact" } });
  expect(run.warnings).toEqual([expect.stringMatching(/fork has a token that can only read.*push: always cannot/)]);
  expect(await runPlanImage(pullRequest({}, fork), gitHub)).toMatchObject({ warnings: [] });
});

test("several repositories, a suffix, more tags and the v forms", async () => {
  const { outputs } = await runPlanImage(push("refs/tags/v1.2.3"), gitHub, {
    inputs: {
      image: "GHCR.io/Acme/App\nacme/app",
      suffix: "alpine",
      "extra-tags": "stable",
      "version-prefix": "true",
      latest: "none",
    },
  });
  expect(outputs.images).toBe("ghcr.io/acme/app\ndocker.io/acme/app");
  expect(lines(outputs.tags)).toEqual(
    expect.arrayContaining(["1.2.3-alpine", "v1.2.3-alpine", "1.2-alpine", "v1-alpine", "stable-alpine"]),
  );
  expect(lines(outputs.tags).filter((tag) => tag.includes("latest"))).toEqual([]);
  expect(lines(outputs.references)).toHaveLength(lines(outputs.tags).length * 2);
});

test("a component asks for its own git tags only", async () => {
  const { outputs } = await runPlanImage(push("refs/tags/api/v3.0.0"), gitHub, { inputs: { component: "api" } });
  expect(outputs).toMatchObject({ kind: "release", "primary-tag": "3.0.0", "moving-tags": "3.0\n3\nlatest" });
  expect(callsOf(gitHub)).toEqual([`${allTags}/api`]);
});

test("a backport moves neither latest nor the major", async () => {
  gitHub.repository(repository.full_name).setTag("v1.1.9", sha);
  const { outputs, stdout } = await runPlanImage(push("refs/tags/v1.1.9"), gitHub);
  expect(outputs["moving-tags"]).toBe("1.1");
  expect(stdout).toMatch(/^latest +not moved +\S/mu);
});

describe("a rebuild of a chosen ref", () => {
  const dispatch = event(
    "workflow_dispatch",
    { inputs: {}, repository, ref: "refs/heads/main" },
    { sha: "0".repeat(39).concat("1") },
  );

  test.each([
    {
      ref: "feature/x",
      kind: "feature",
      primary: "feature-x-abc1234",
      calls: ["commits/feature/x?per_page=1", allTags],
    },
    {
      ref: "refs/heads/feature/x",
      kind: "feature",
      primary: "feature-x-abc1234",
      calls: ["commits/heads/feature/x?per_page=1"],
    },
    { ref: "v1.2.3", kind: "release", primary: "1.2.3", calls: ["commits/v1.2.3?per_page=1", allTags] },
    { ref: "refs/tags/v1.1.8", kind: "release", primary: "1.1.8", calls: ["commits/tags/v1.1.8?per_page=1", allTags] },
    {
      ref: sha,
      kind: "tag",
      primary: "sha-abc1234",
      calls: [commit, `commits/${sha}/branches-where-head`, `compare/main...${sha}?per_page=1`],
    },
  ])("$ref", async ({ ref, kind, primary, calls }) => {
    const run = await runPlanImage(dispatch, gitHub, { inputs: { ref } });
    expect(run.errors).toEqual([]);
    expect(run.outputs).toMatchObject({ kind, revision: sha });
    expect(lines(run.outputs.tags)).toContain(primary);
    expect(run.outputs.labels).toContain("org.opencontainers.image.created=2024-06-28T14:30:22Z");
    expect(callsOf(gitHub)).toEqual([...calls].sort());
  });

  test.each([
    { ref: "no-such-branch", says: /does not find/u },
    { ref: sha.slice(0, 10), says: /all 40 digits/u },
    { ref: "0".repeat(40), says: /does not find/u },
    { ref: "main~1", says: /use a branch, a tag .* or a full commit SHA/u },
    { ref: "HEAD", says: /use a branch, a tag .* or a full commit SHA/u },
    { ref: "pull/12/head", says: /use a branch, a tag .* or a full commit SHA/u },
    { ref: "refs/pull/12/head", says: /use a branch, a tag .* or a full commit SHA/u },
    { ref: "../../../user", says: /use a branch, a tag .* or a full commit SHA/u },
  ])("$ref is refused", async ({ ref, says }) => {
    const run = await runPlanImage(dispatch, gitHub, { inputs: { ref } });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(says)]);
    expect(run.errors[0]).toContain(ref);
    expect(run.outputs).toEqual({});
  });
});

describe("a commit that is asked for by its SHA", () => {
  const foreign = "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0";
  /** A fork's commit lies in the one store of the network, so GitHub gives it, on no branch of this repository. */
  const addForeign = () => gitHub.repository(repository.full_name).addCommit({ sha: foreign, parents: [sha] });

  test.each(["issue_comment", "workflow_dispatch", "repository_dispatch", "workflow_run", "issues", "push"])(
    "of a fork is refused on %s, whose token can write",
    async (eventName) => {
      addForeign();
      const head = { head_repository: { full_name: repository.full_name } };
      const comment = event(eventName, { action: "created", repository, workflow_run: head });
      const run = await runPlanImage(comment, gitHub, { inputs: { ref: foreign } });
      expect(run).toMatchObject({ exitCode: 1, outputs: {} });
      expect(run.errors).toEqual([
        expect.stringMatching(/`ref` is "(?:f0){20}".*may be a fork's.*never builds a fork's code.*give its branch/u),
      ]);
    },
  );

  const head = { sha: foreign, ref: "feature/x" };
  const run = (head_repository: unknown) => ({ head_sha: foreign, event: "push", head_branch: "y", head_repository });
  test.each<readonly [string, EventContext]>([
    ["its branch was at", push("refs/heads/feature/x", {}, { sha: foreign })],
    ["its tag was at", push("refs/tags/nightly", {}, { sha: foreign })],
    ["it was started on", event("workflow_dispatch", { repository }, { sha: foreign })],
    ["its release was of", { ...release("v1.2.3"), sha: foreign }],
    ["its merge group was of", mergeGroup({ head_sha: foreign })],
    ["its own pull request was at", pullRequest({}, head)],
    ["GitHub made up for its own pull request", pullRequest({}, {}, { sha: foreign })],
    ["the run it followed was of", event("workflow_run", { repository, workflow_run: run(repository) })],
  ])("is built when it is what %s, though no branch is there any more", async (_name, ran) => {
    addForeign();
    const built = await runPlanImage(ran, gitHub, { inputs: { ref: foreign } });
    expect(built).toMatchObject({ exitCode: 0, errors: [], outputs: { kind: "tag", revision: foreign } });
    expect(callsOf(gitHub)).toEqual([`git/commits/${foreign}`]);
  });

  test.each<readonly [string, EventContext]>([
    ["the head of a run of a fork", event("workflow_run", { repository, workflow_run: run(fork.repo) })],
    ["the head of a run of nobody", event("workflow_run", { repository, workflow_run: run(null) })],
    ["deployed by its SHA", event("deployment_status", { repository }, { ref: "", sha: foreign })],
    [
      "the head of a fork's pull request on pull_request_target",
      event("pull_request_target", pullRequest({}, { ...fork, sha: foreign }).payload),
    ],
    [
      "the head of a fork's pull request on another event",
      event("check_run", pullRequest({}, { ...head, ...fork }).payload),
    ],
    [
      "named by a payload of any event",
      event("repository_dispatch", { repository, merge_group: { head_sha: foreign }, pull_request: { head } }),
    ],
  ])("of a fork is refused also where it is %s", async (_name, ran) => {
    addForeign();
    const refused = await runPlanImage(ran, gitHub, { inputs: { ref: foreign } });
    expect(refused).toMatchObject({ exitCode: 1, outputs: {}, errors: [expect.stringMatching(/fork's|stranger's/u)] });
  });

  test("is built as an archive in the fork's own run, whose token can only read", async () => {
    addForeign();
    const run = await runPlanImage(pullRequest({}, fork), gitHub, { inputs: { ref: foreign } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivery: "artifact", revision: foreign } });
  });

  test.each<readonly [string, (app: ReturnType<GitHubDouble["repository"]>) => void]>([
    ["the head of a branch", (app) => app.setBranch("feature/y", foreign)],
    [
      "the head of a pull request of this repository",
      (app) => void app.openPullRequest({ head: { branch: "y", sha: foreign } }),
    ],
    ["in the history of the default branch", (app) => app.setBranch("main", app.addCommit({ parents: [foreign] }))],
    ["what a git tag names", (app) => void app.setTag("keep", foreign)],
  ])("is built when it is %s", async (_name, own) => {
    addForeign();
    own(gitHub.repository(repository.full_name));
    const run = await runPlanImage(event("issue_comment", { repository }), gitHub, { inputs: { ref: foreign } });
    expect(run).toMatchObject({ exitCode: 0, errors: [], outputs: { kind: "tag", revision: foreign } });
  });
});

test.each([
  ["v1.2", "v1-2", "v1.2.3, or"],
  ["2024.06", "2024-06", "v1.2.3, or"],
  ["api@1.2.3", "api-1-2-3", "v1.2.3, or"],
])("git tag %s is no version, and a warning says what that means", async (gitTag, name, advice) => {
  const run = await runPlanImage(push(`refs/tags/${gitTag}`), gitHub);
  expect(run).toMatchObject({ exitCode: 0, errors: [], outputs: { "primary-tag": name } });
  expect(run.warnings).toEqual([expect.stringContaining(`Git tag ${gitTag} is no semantic version`)]);
  expect(run.warnings[0]).toContain(advice);
});

test.each(["nightly", "release-candidate", "build-20240628"])(
  "git tag %s is a name, without a warning",
  async (gitTag) => {
    expect(await runPlanImage(push(`refs/tags/${gitTag}`), gitHub)).toMatchObject({ exitCode: 0, warnings: [] });
  },
);

test("the clock is SOURCE_DATE_EPOCH", async () => {
  const { outputs } = await runPlanImage(push("refs/heads/main"), gitHub, { env: { SOURCE_DATE_EPOCH: "951825600" } });
  expect(lines(outputs["immutable-tags"])).toContain("20000229-120000");
});

test("outside a runner it prints the plan and no command at all", async () => {
  const env = { GITHUB_ACTIONS: undefined, GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined };
  const run = await runPlanImage(push("refs/heads/main"), gitHub, { env });
  expect(run.exitCode).toBe(0);
  expect(run.commands).toEqual([]);
  expect(run.stdout).toContain("main-abc1234");
});

test("the token is masked before anything else is printed", async () => {
  const run = await runPlanImage(push("refs/heads/main"), gitHub, { inputs: { token: `ghs_${"s3cret".repeat(6)}` } });
  expect(run.masks).toEqual([`ghs_${"s3cret".repeat(6)}`]);
  expect(run.stdout.replace(/^::add-mask::.*\n/u, "") + run.stderr + run.summary).not.toContain("s3cret");
});

test("a proxy is asked for GitHub, and not for this machine", async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(200, { "content-type": "application/json" }).end("[]");
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: "" };
  const near = await runPlanImage(push("refs/heads/main"), gitHub, { env });
  expect(asked).toEqual([]);
  const far = await runPlanImage(push("refs/heads/main"), gitHub, {
    env: { ...env, GITHUB_API_URL: "http://api.example" },
  });
  proxy.close();
  expect([near.errors, far.errors]).toEqual([[], []]);
  expect(asked).toEqual(["http://api.example/repos/Acme/App/git/matching-refs/tags"]);
});

test("--help prints the contract", async () => {
  const run = await runBundle("plan-image", { args: ["--help"] });
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain("version-prefix:");
  expect(run.stdout).toContain("primary-tag:");
  expect(run.stdout).not.toContain("node24");
});

function lines(text = ""): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
