import { callerFromExample } from "../examples.ts";
import type { Stage } from "../stage.ts";
import { buildResults, changedTags, checkImage } from "./checks.ts";
import { dockerfile, short } from "./fixture.ts";
import type { Story } from "./story.ts";

const components = ["api", "worker", "web"] as const;
const repositoryOf = (component: string): string => `acme/app/${component}`;

/** Three images of one repository, as examples/components-by-matrix.yml calls for them. */
export const componentsStory: Story = {
  name: "components",
  title: "three images of one repository by matrix: no crosstalk of images, caches and releases",
  repositories: components.map(repositoryOf),
  files: async (host, base) => ({
    ...Object.fromEntries(components.map((component) => [`${component}/Dockerfile`, dockerfile(base)])),
    ...Object.fromEntries(components.map((component) => [`${component}/message`, component])),
    // The cache in the registry is the one that a rehearsal can have.
    ".github/workflows/image.yml": `${await callerFromExample("components-by-matrix.yml", [["ghcr.io/", `${host}/`]])}      cache: registry\n`,
  }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events, registry } = stage;
  const revision = await product.commit("main", "Change all", { "api/message": "api 2", "web/message": "web 2" });

  await stage.chapter("a push to main", async (chapter) => {
    const run = await chapter.run(await events.push("main", revision));
    chapter.check("two platforms are built of each of three components", buildResults(run).length, 6);
    for (const component of components) {
      await checkImage(
        stage,
        chapter,
        repositoryOf(component),
        [`main-${short(revision)}`, "main", "latest"],
        revision,
      );
    }
    const digests = await Promise.all(
      components.map(async (component) => (await registry.tags(repositoryOf(component))).main),
    );
    chapter.check("they are three images", new Set(digests).size, 3);
    for (const [component, said] of [
      ["api", "api 2"],
      ["worker", "worker"],
      ["web", "web 2"],
    ] as const) {
      const printed = await stage.runImage(`${stage.host}/${repositoryOf(component)}:main`, "linux/amd64");
      chapter.check(`${component} holds its own files`, printed.split(": ")[1], said);
    }
    const caches = await Promise.all(components.map((component) => cacheTags(stage, component)));
    chapter.check(
      "each has its own cache of each platform",
      caches.map((found) => found.length),
      [2, 2, 2],
    );
  });

  await stage.chapter("api/v1.0.0 is released", async (chapter) => {
    const before = await Promise.all(components.map((component) => registry.tags(repositoryOf(component))));
    await product.tag("api/v1.0.0", revision);
    await chapter.run(await events.pushTag("api/v1.0.0", revision));
    const [api, ...others] = await Promise.all(
      components.map((component, at) => changedTags(stage, repositoryOf(component), before[at] ?? {})),
    );
    chapter.check("the api has the version's tags", api, ["1", "1.0", "1.0.0", "latest"]);
    chapter.check("the other two are untouched", others, [[], []]);
  });
}

async function cacheTags(stage: Stage, component: string): Promise<readonly string[]> {
  return Object.keys(await stage.registry.tags(repositoryOf(component))).filter((tag) => tag.startsWith("cache-"));
}
