import { startDebianRegistry } from "../engine/debian-registry.ts";
import { callerFromExample } from "../examples.ts";
import { readRegistry } from "../registry-reader.ts";
import type { Stage } from "../stage.ts";
import { checkImage } from "./checks.ts";
import { dockerfile, short } from "./fixture.ts";
import type { Story } from "./story.ts";

const repository = "acme/app";

/** The same bytes in two registries, as examples/two-registries.yml calls for them; another make of registry is the second. */
export const twoRegistries: Story = {
  name: "two-registries",
  title: "one build, two registries, byte-identical images",
  repositories: [repository],
  files: async (_, base) => ({ Dockerfile: dockerfile(base), message: "first" }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events } = stage;
  const second = await startDebianRegistry();
  try {
    const caller = await callerFromExample("two-registries.yml", [
      ["ghcr.io/", `${stage.host}/`],
      ["docker.io/", `${second.host}/`],
      ['"docker.io"', `"${second.host}"`],
    ]);
    const revision = await product.commit("main", "Publish twice", {
      ".github/workflows/image.yml": caller,
      message: "twice",
    });
    await stage.chapter("a push to main", async (chapter) => {
      const secrets = { DOCKERHUB_TOKEN: "a-token-of-the-other-registry" };
      await chapter.run(await events.push("main", revision), { secrets });
      await checkImage(stage, chapter, repository, [`main-${short(revision)}`, "main", "latest"], revision);
      const other = readRegistry(second.host);
      chapter.check(
        "the other registry has the same tags with the same digests",
        await other.tags(repository),
        await stage.registry.tags(repository),
      );
      const [here, there] = await Promise.all([
        stage.registry.image(repository, "main"),
        other.image(repository, "main"),
      ]);
      chapter.check("and every byte below them", there, here);
      const printed = await stage.runImage(`${second.host}/${repository}:main`, "linux/arm64");
      chapter.check("it runs from there", printed.split(": ")[1], "twice");
    });
  } finally {
    await second.stop();
  }
}
