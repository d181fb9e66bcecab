import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { callerFromExample } from "../examples.ts";
import type { Stage } from "../stage.ts";
import { buildResults, changedTags, checkImage, checkRuns, withoutDates } from "./checks.ts";
import { playEightDaysLater, pruneCallers } from "./eight-days-later.ts";
import { dockerfile, short } from "./fixture.ts";
import type { Story } from "./story.ts";

const repository = "acme/app";

/** The life of one image, as examples/one-image.yml calls for it. */
export const pipeline: Story = {
  name: "pipeline",
  title: "one image from pull request to prune: nothing overwritten, nothing in use removed",
  repositories: [repository],
  daysAgo: 8,
  files: async (host, base) => ({
    Dockerfile: dockerfile(base),
    message: "first",
    ".github/workflows/image.yml": `${await callerFromExample("one-image.yml", [
      // The example leaves feature branches to the reader.
      ["branches: [main]", 'branches: ["**"]'],
    ])}    with:\n      image: ${host}/\${{ github.repository }}\n`,
    ...(await pruneCallers(host)),
  }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events, registry } = stage;
  const tags = () => registry.tags(repository);
  const first = await product.commit("main", "Say something", { message: "main" });
  const opened = await product.commit("fix/typo", "Fix a typo", { message: "one" });
  let pullRequestImage = "";

  await stage.chapter("a pull request opens", async (chapter) => {
    const number = openPullRequest(stage, opened);
    await chapter.run(
      await events.pullRequest({ ...pullRequest, number, action: "opened", head: opened, base: first }),
    );
    const tag = `pr-${number}-${short(opened)}`;
    chapter.check("the registry holds one tag", Object.keys(await tags()), [tag]);
    await checkImage(stage, chapter, repository, [tag], opened);
    pullRequestImage = (await tags())[tag] ?? "";
  });

  const second = await product.commit("fix/typo", "Fix it better", { message: "two" });
  await stage.chapter("the pull request gets a second commit", async (chapter) => {
    const before = await tags();
    stage.github.repository(repository).pushToPullRequest(7, second);
    await chapter.run(await events.pullRequest({ ...pullRequest, action: "synchronize", head: second, base: first }));
    const tag = `pr-7-${short(second)}`;
    chapter.check("one tag is new", await changedTags(stage, repository, before), [tag]);
    await checkImage(stage, chapter, repository, [tag], second);
    chapter.check("the first commit's image is untouched", (await tags())[`pr-7-${short(opened)}`], pullRequestImage);
  });

  const branch = "feature/Add_New-Feature";
  const feature = await product.commit(branch, "Add a new feature", { message: "feature" });
  await stage.chapter(`a push to ${branch}`, async (chapter) => {
    const before = await tags();
    await chapter.run(await events.push(branch, feature));
    const tag = `feature-add-new-feature-${short(feature)}`;
    chapter.check("one tag is new", await changedTags(stage, repository, before), [tag]);
    await checkImage(stage, chapter, repository, [tag], feature);
  });

  const merged = await product.merge("fix/typo", "main");
  const mainTags = [`main-${short(merged)}`, `sha-${short(merged)}`, `sha-${merged}`, "main", "latest"];
  let mainDigest = "";
  await stage.chapter("the pull request is merged to main", async (chapter) => {
    const before = await tags();
    await chapter.run(await events.push("main", merged));
    const changed = await changedTags(stage, repository, before);
    chapter.check("main's tags are there", withoutDates(changed), [...mainTags].sort());
    chapter.check("so are a day and a moment", changed.length - withoutDates(changed).length, 2);
    await checkImage(stage, chapter, repository, mainTags, merged);
    await checkRuns(stage, chapter, repository, "main", "two");
    mainDigest = (await tags()).main ?? "";
  });

  await stage.chapter("the same run again", async (chapter) => {
    const requests = stage.github.requests.length;
    const run = await chapter.run(await events.push("main", merged), { attempt: 2 });
    const results = buildResults(run);
    chapter.check(
      "nothing is built",
      results.map(({ reused }) => reused),
      [true, true],
    );
    const uploads = stage.github.requests.slice(requests).filter(({ path }) => path.includes("/blobs/uploads"));
    chapter.check("nothing is uploaded", uploads.length, 0);
    chapter.check("the image is the same", (await tags())[`main-${short(merged)}`], mainDigest);
  });

  await stage.chapter("v1.2.0 is released", async (chapter) => {
    const before = await tags();
    await product.tag("v1.2.0", merged);
    await chapter.run(await events.pushTag("v1.2.0", merged));
    const released = ["1.2.0", "1.2", "1", "latest"];
    chapter.check(
      "the version's tags moved, and latest",
      await changedTags(stage, repository, before),
      [...released].sort(),
    );
    await checkImage(stage, chapter, repository, released, merged);
    await checkRuns(stage, chapter, repository, "1.2.0", "two");
    chapter.check("main's image is untouched", (await tags()).main, mainDigest);
  });

  const backport = await product.commit("release/1.1", "Fix the old line", { message: "backport" }, first);
  await stage.chapter("v1.1.9 is released after it: a backport", async (chapter) => {
    const before = await tags();
    await product.tag("v1.1.9", backport);
    await chapter.run(await events.pushTag("v1.1.9", backport));
    chapter.check("only its own line moved: latest and 1 stay", await changedTags(stage, repository, before), [
      "1.1",
      "1.1.9",
    ]);
    await checkImage(stage, chapter, repository, ["1.1.9", "1.1"], backport);
  });

  const foreign = await product.commitInFork(8, "Help out", { message: "fork" }, merged);
  await stage.chapter("a pull request from a fork", async (chapter) => {
    const before = await tags();
    const requests = stage.github.requests.length;
    const about = { action: "opened", number: 8, title: "Help out", branch: "patch-1" } as const;
    stage.github.repository(repository).openPullRequest({
      number: 8,
      title: about.title,
      head: { branch: "patch-1", sha: foreign, repository: "stranger/app" },
      user: "stranger",
    });
    const run = await chapter.run(
      await events.pullRequest({ ...about, head: foreign, base: merged, fork: "stranger/app" }),
    );
    chapter.check("no tag changed", await changedTags(stage, repository, before), []);
    const writes = stage.github.requests.slice(requests).filter(({ method }) => !["GET", "HEAD"].includes(method));
    chapter.check(
      "nothing was sent to the registry",
      writes.map(({ method, path }) => `${method} ${path}`),
      [],
    );
    const { folder, files } = await chapter.artifacts();
    chapter.check(
      "both platforms are built",
      buildResults(run)
        .map(({ platform }) => platform)
        .sort(),
      [...platformsOf],
    );
    const described = await Promise.all(files.map((file) => describeArchive(join(folder, file))));
    chapter.check("and kept as archives, one of each platform", described.sort(), [...platformsOf]);
  });

  // Another make of registry has no Packages API, and so no prune.
  if (stage.host !== stage.github.host) return;
  await playEightDaysLater(stage, {
    repository,
    pullRequest,
    pullRequestTags: [opened, second].map((sha) => `pr-7-${short(sha)}`),
    newest: { revision: second, message: "two" },
    feature: { branch, tag: `feature-add-new-feature-${short(feature)}` },
    running: [
      { tag: "main", revision: merged, message: "two" },
      { tag: "1.2.0", revision: merged, message: "two" },
      { tag: "1.1.9", revision: backport, message: "backport" },
    ],
  });
}

const platformsOf = ["linux/amd64", "linux/arm64"] as const;
const pullRequest = { number: 7, title: "Fix a typo", branch: "fix/typo" } as const;

function openPullRequest(stage: Stage, head: string): number {
  return stage.github.repository(repository).openPullRequest({
    number: 7,
    title: pullRequest.title,
    head: { branch: pullRequest.branch, sha: head },
    user: "ada",
  });
}

/** The platform of an OCI archive: its index, the image's manifest and its config are files named by their digest. */
async function describeArchive(file: string): Promise<string> {
  const read = async (path: string): Promise<OciFile> => {
    const { stdout } = await promisify(execFile)("tar", ["--extract", "--to-stdout", "--file", file, path], {
      maxBuffer: 64 << 20,
    });
    return JSON.parse(stdout) as OciFile;
  };
  const blob = (digest: string): Promise<OciFile> => read(`blobs/${digest.replace(":", "/")}`);
  let content = await read("index.json");
  while (content.manifests !== undefined) {
    const image = content.manifests.find(({ platform }) => platform?.os !== "unknown");
    content = await blob(image?.digest ?? "");
  }
  const config = await blob(content.config?.digest ?? "");
  return `${config.os}/${config.architecture}`;
}

interface OciFile {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly os: string } }[];
  readonly config?: { readonly digest: string };
  readonly os?: string;
  readonly architecture?: string;
}
