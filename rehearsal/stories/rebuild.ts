import { callerFromExample } from "../examples.ts";
import type { Stage } from "../stage.ts";
import { buildResults, changedTags, checkImage } from "./checks.ts";
import { dockerfile, short } from "./fixture.ts";
import type { Story } from "./story.ts";

const repository = "acme/app";

/** A rebuild by hand, as examples/rebuild.yml calls for it. */
export const rebuild: Story = {
  name: "rebuild",
  title: "a rebuild by hand: really built again, and no immutable tag changes",
  repositories: [repository],
  files: async (host, base) => ({
    Dockerfile: dockerfile(base),
    message: "first",
    ".github/workflows/image.yml": `${await callerFromExample("one-image.yml", [])}    with:\n      image: ${host}/\${{ github.repository }}\n`,
    ".github/workflows/rebuild.yml": `${await callerFromExample("rebuild.yml", [])}      image: ${host}/\${{ github.repository }}\n`,
  }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events, registry } = stage;
  const revision = await product.commit("main", "Something to rebuild", { message: "again" });
  const tag = `main-${short(revision)}`;

  await stage.chapter("a push to main", async (chapter) => {
    await chapter.run(await events.push("main", revision));
    await checkImage(stage, chapter, repository, [tag, "main"], revision);
  });

  await stage.chapter("a cold rebuild by hand", async (chapter) => {
    const before = await registry.tags(repository);
    const run = await chapter.run(await events.dispatch({ ref: "", cold: "true" }, revision), {
      workflow: ".github/workflows/rebuild.yml",
    });
    chapter.check(
      "both platforms are built again",
      buildResults(run).map(({ reused }) => reused),
      [false, false],
    );
    const changed = await changedTags(stage, repository, before);
    const immutable = changed.filter(
      (name) => before[name] !== undefined && !["main", "latest"].includes(name) && !/^\d{8}$/.test(name),
    );
    chapter.check("no immutable tag changed", immutable, []);
    await checkImage(stage, chapter, repository, ["main"], revision);
  });
}
