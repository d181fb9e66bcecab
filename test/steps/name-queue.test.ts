import { afterAll, beforeAll, expect, test } from "vitest";
import { event, pullRequest, push } from "../../doubles/events.ts";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { runPlanImage, startExample } from "../../tools/benchmarks/plan-image-run.ts";
import { runBundle } from "../../tools/run-bundle.ts";

let gitHub: GitHubDouble;
beforeAll(async () => {
  gitHub = await startExample();
});
afterAll(() => gitHub.stop());

const queueOfBuild = async (...given: Parameters<typeof runPlanImage>) => (await runPlanImage(...given)).outputs.queue;
const queueOfNames = async (inputs: Readonly<Record<string, string>> = {}) =>
  (await runBundle("name-queue", { inputs, env: { GITHUB_REPOSITORY: "Acme/App" } })).outputs.queue;

test("a promotion waits behind the builds that move the same names", async () => {
  const main = await queueOfBuild(push("refs/heads/main"), gitHub);
  expect(main).toMatch(/^[0-9a-f]{16}$/);
  expect(await queueOfNames()).toBe(main);
  expect(await queueOfNames({ image: "ghcr.io/acme/app\ndocker.io/acme/app" })).toBe(main);
  expect(await queueOfBuild(push("refs/tags/v1.2.3"), gitHub)).toBe(main);
});

test("by the plan of its build, as by its names", async () => {
  const { outputs } = await runPlanImage(push("refs/heads/main"), gitHub);
  expect(await queueOfNames({ plan: outputs.plan ?? "", image: "ghcr.io/acme/other" })).toBe(outputs.queue);
});

test("another image and another variant have queues of their own", async () => {
  const queues = [
    await queueOfNames(),
    await queueOfNames({ image: "ghcr.io/acme/web" }),
    await queueOfNames({ suffix: "alpine" }),
  ];
  expect(new Set(queues).size).toBe(3);
});

test("a pull request that moves nothing waits for nobody but its own commit", async () => {
  const one = await queueOfBuild(pullRequest(), gitHub);
  expect(await queueOfBuild(pullRequest(), gitHub)).toBe(one);
  expect(one).not.toBe(await queueOfNames());
});

test("nor does an event that makes no image", async () => {
  expect(await queueOfBuild(event("issues", { action: "opened" }), gitHub)).toMatch(/^[0-9a-f]{16}$/);
});
