import { expect, test } from "vitest";
import { callerFromExample } from "../../rehearsal/examples.ts";
import { rehearse } from "../../rehearsal/run-rehearsal.ts";
import type { Stage } from "../../rehearsal/stage.ts";
import { outputsOf } from "../../rehearsal/stories/checks.ts";
import { dockerfile } from "../../rehearsal/stories/fixture.ts";
import type { Story } from "../../rehearsal/stories/story.ts";

const repository = "acme/app";

const story: Story = {
  name: "find-image-of-fork",
  title: "a fork's image, tested behind its build",
  repositories: [repository],
  files: async (host, base) => ({
    Dockerfile: dockerfile(base),
    message: "first",
    ".github/workflows/image.yml": await callerFromExample("find-image-of-fork.yml", [
      [
        "      packages: write # pushes the image",
        `      packages: write\n    with: { image: ${host}/${repository}, platforms: linux/amd64 }`,
      ],
      ["scripts/log-in@v1", `scripts/log-in@v1\n        with: { images: ${host}/${repository} }`],
      ["archive: archives", `archive: archives, image: ${host}/${repository}, wait: 10s`],
      [`docker run --rm "$IMAGE" --version`, `docker run --rm "$IMAGE"`],
    ]),
  }),
  play,
};

async function play({ chapter, events, product }: Stage): Promise<void> {
  const base = await product.head("main");
  const head = await product.commitInFork(8, "Help out", { message: "helped" }, base);
  const about = { action: "opened", number: 8, title: "Help out", branch: "patch-1", head, base } as const;
  await chapter("a pull request of a fork", async ({ check, run }) => {
    const ran = await run(await events.pullRequest({ ...about, fork: "stranger/app" }));
    const { source, revision } = outputsOf(ran, "find-image")[0] ?? {};
    check("the archive was loaded and run", { source, revision }, { source: "archive", revision: head });
  });
  const own = await product.commit("feature", "Try it", { message: "tried" });
  await chapter("a pull request of this repository", async ({ check, run }) => {
    const ran = await run(await events.pullRequest({ ...about, number: 9, branch: "feature", head: own }));
    const { source, revision } = outputsOf(ran, "find-image")[0] ?? {};
    check("the registry's image was run", { source, revision }, { source: "registry", revision: own });
  });
}

test("examples/find-image-of-fork.yml tests images of forks and of its own", { timeout: 240_000 }, async () => {
  const { stories, ok } = await rehearse([story]);
  const checks = stories.flatMap(({ chapters }) => chapters.flatMap((one) => one.checks));
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect([ok, checks.length]).toEqual([true, 4]);
});
