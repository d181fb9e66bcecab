import { callerFromExample } from "../examples.ts";
import type { Stage } from "../stage.ts";
import { buildResults, checkImage } from "./checks.ts";
import { short } from "./fixture.ts";
import type { Story } from "./story.ts";

const repository = "acme/app";
const platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/s390x"] as const;

/** Platforms beyond the two: each is built on the runner closest to it. Nothing is run in this image, so no emulator is needed. */
export const morePlatforms: Story = {
  name: "more-platforms",
  title: "four platforms: those without a runner of their own are built on the closest",
  repositories: [repository],
  files: async (host) => ({
    Dockerfile: "FROM scratch\nCOPY message /message\n",
    message: "everywhere",
    ".github/workflows/image.yml": `${await callerFromExample("one-image.yml", [])}    with:
      image: ${host}/\${{ github.repository }}
      platforms: ${platforms.join(",")}
`,
  }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events } = stage;
  const revision = await product.commit("main", "Go everywhere", { message: "everywhere at once" });
  await stage.chapter("a push to main", async (chapter) => {
    const run = await chapter.run(await events.push("main", revision));
    const jobs = run.jobs.filter(({ result }) => result === "success").map(({ job }) => job.replace("image / ", ""));
    chapter.check("four jobs build and one joins", jobs.sort(), [
      "amd64",
      "arm64",
      "merge",
      "other-amd64",
      "other-arm64",
    ]);
    await checkImage(stage, chapter, repository, [`main-${short(revision)}`, "main"], revision, platforms);
  });
  await stage.chapter("the same run again", async (chapter) => {
    const run = await chapter.run(await events.push("main", revision), { attempt: 2 });
    chapter.check(
      "nothing is built",
      buildResults(run).map(({ reused }) => reused),
      platforms.map(() => true),
    );
  });
}
