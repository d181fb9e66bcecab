import { afterAll, beforeAll, expect, test } from "vitest";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { callerFromExample } from "../../rehearsal/examples.ts";
import type { PlainMap } from "../../rehearsal/runner/expressions.ts";
import { putImage, putSignature } from "../steps/promote-image-run.ts";
import { type CalledRun, callWorkflow, type WorkflowCall } from "./call-workflow.ts";

// promote-image.yml as it is, called by the examples; one double plays GitHub and GHCR, another Docker Hub.

let github: GitHubDouble;
let hub: GitHubDouble;
let count = 0;
beforeAll(async () => {
  [github, hub] = await Promise.all([startGitHubDouble(), startGitHubDouble()]);
});
afterAll(() => Promise.all([github.stop(), hub.stop()]));

/** A repository with two commits on its default branch. */
function newProject() {
  count += 1;
  const path = `acme/shipped${count}`;
  const repository = github.repository(path);
  const first = repository.addCommit({ parents: [], message: "first" });
  const second = repository.addCommit({ parents: [first], message: "second" });
  repository.setBranch("main", second);
  return { path, image: `${github.host}/${path}`, repository, first, second };
}

function call(path: string, caller: string, event: WorkflowCall["event"]): Promise<CalledRun> {
  return callWorkflow({
    ...{ github, repository: path, caller, event },
    standIns: [],
    secrets: { DOCKERHUB_TOKEN: hub.token() },
    allow: ({ packages }) => ({ packages: packages === "write" ? "write" : "read" }),
  });
}

const dispatch = (sha: string, inputs: PlainMap) => ({
  ...{ name: "workflow_dispatch", ref: "refs/heads/main", sha },
  payload: { inputs },
});

test("by hand: to production, and back with the reason in the summary", async () => {
  const { path, image, first, second } = newProject();
  const old = await putImage(github, path, first, { tags: ["1.2.0"] });
  const bad = await putImage(github, path, second, { tags: ["1.3.0", "production"] });
  const caller = await callerFromExample("promote.yml", []);
  const inputs = { source: `${image}:1.2.0`, tags: "production", reason: "1.3.0 loses sessions" };
  const refused = await call(path, caller, dispatch(second, { ...inputs, "allow-backward": "false" }));
  expect(refused.errors).toEqual([expect.stringMatching(/production names .* newer than this revision/)]);
  expect(github.registry.tags(path)).toMatchObject({ production: bad });
  const { run, errors, tokens } = await call(path, caller, dispatch(second, { ...inputs, "allow-backward": "true" }));
  expect([run.result, errors]).toEqual(["success", []]);
  expect(github.registry.tags(path)).toMatchObject({ production: old, "1.3.0": bad });
  expect(JSON.stringify(run)).toContain("Reason: 1.3.0 loses sessions");
  const rights = Object.entries(tokens.at(-1) ?? {}).filter(([, level]) => level !== "none");
  expect(Object.fromEntries(rights)).toEqual({ contents: "read", packages: "write" });
});

test("a version tag names the image of its commit, without a build", async () => {
  const { path, image, repository, second } = newProject();
  const digest = await putImage(github, path, second, { tags: [`sha-${second}`, "main", "latest"] });
  repository.setTag("v1.0.0", second);
  const caller = await callerFromExample("release-by-promotion.yml", [
    ["          wait: 45m", `          wait: 2s\n          image: ${image}`],
    ["puts 1.2.3, 1.2, 1 and latest", `puts them\n    with:\n      image: ${image}`],
  ]);
  const ref = "refs/tags/v1.0.0";
  const { run, errors } = await call(path, caller, {
    ...{ name: "push", ref, sha: second },
    payload: {
      ...{ ref, before: "0".repeat(40), after: second, created: true, deleted: false },
      head_commit: { id: second, timestamp: "2026-11-01T10:00:00Z" },
    },
  });
  expect([run.result, errors]).toEqual(["success", []]);
  expect(github.registry.tags(path)).toMatchObject({ "1.0.0": digest, "1.0": digest, "1": digest, latest: digest });
});

test("Docker Hub's tags come to GHCR with their digests and signatures", async () => {
  const { path, image, second } = newProject();
  const one = await putImage(hub, "acme/app", second, { tags: ["1.0.0", "1.0", "latest"] });
  await putSignature(hub, "acme/app", one);
  const caller = await callerFromExample("migrate-from-docker-hub.yml", [
    ["source: docker.io/acme/app", `source: ${hub.host}/acme/app`],
    ['"docker.io"', `"${hub.host}"`],
    ["target: ghcr.io/${{ github.repository }}", `target: ${image}`],
  ]);
  const { run, errors } = await call(path, caller, dispatch(second, { tags: "1.*" }));
  expect([run.result, errors]).toEqual(["success", []]);
  expect(github.registry.tags(path)).toEqual({
    ...{ "1.0": one, "1.0.0": one },
    [`${one.replace(":", "-")}.sig`]: expect.any(String),
  });
});
