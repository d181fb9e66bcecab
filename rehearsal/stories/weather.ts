import { callerFromExample } from "../examples.ts";
import type { RunRecord } from "../runner/progress.ts";
import type { Stage } from "../stage.ts";
import { changedTags, checkImage } from "./checks.ts";
import { dockerfile, short } from "./fixture.ts";
import type { Story } from "./story.ts";

const repository = "acme/app";

/** What registries and the API do on a bad day. */
export const weather: Story = {
  name: "weather",
  title: "a bad day of registry and API: what passes is tried again, what lasts is one sentence",
  repositories: [repository],
  files: async (host, base) => ({
    Dockerfile: dockerfile(base),
    message: "first",
    ".github/workflows/image.yml": `${await callerFromExample("one-image.yml", [])}    with:
      image: ${host}/\${{ github.repository }}
      retry-delay: 1s
`,
  }),
  play,
};

async function play(stage: Stage): Promise<void> {
  const { product, events, github } = stage;
  const first = await product.commit("main", "Set out", { message: "one" });
  await stage.chapter("tags fail to be put, a reply is lost, the API is busy", async (chapter) => {
    const faults = [
      github.inject({ match: { kind: "api" }, action: { type: "answer", status: 503, body: "busy" } }),
      github.inject({ match: putOf("latest"), action: { type: "answer", status: 502, body: "bad gateway" } }),
      github.inject({ match: putOf("main"), action: { type: "reset-after-effect" } }),
    ];
    const run = await chapter.run(await events.push("main", first));
    const struck = faults.map((fault) => fault.struck);
    chapter.check("each fault struck, and each retry is a warning", [struck, count(run, "warning")], [[1, 1, 1], 3]);
    await checkImage(stage, chapter, repository, [`main-${short(first)}`, "main", "latest"], first);
  });

  const head = await product.commit("fix/rain", "Take a coat", { message: "two" });
  await stage.chapter("the registry takes no upload while a pull request is built", async (chapter) => {
    const before = await stage.registry.tags(repository);
    github
      .repository(repository)
      .openPullRequest({ number: 3, title: "Rain", head: { branch: "fix/rain", sha: head } });
    const busy = github.inject({
      match: { method: "POST", path: /\/blobs\/uploads\// },
      times: Number.POSITIVE_INFINITY,
      action: { type: "answer", status: 429, body: "too many requests" },
    });
    const about = { action: "opened", number: 3, title: "Rain", branch: "fix/rain", head, base: first } as const;
    await chapter.run(await events.pullRequest(about));
    busy.remove();
    chapter.check("no tag changed", await changedTags(stage, repository, before), []);
    chapter.check("both platforms are kept as archives", (await chapter.artifacts()).files.length, 2);
  });

  await stage.chapter("a caller forgets `packages: write`", async (chapter) => {
    const caller = (await callerFromExample("one-image.yml", [["packages: write", "packages: read"]])).trimEnd();
    const forgetful = await product.commit("main", "Forget", { ".github/workflows/image.yml": caller });
    const sentence = await chapter.run(await events.push("main", forgetful)).then(
      () => "",
      (error: Error) => error.message,
    );
    const expected = "requests `packages: write`, but its caller grants `packages: read`";
    chapter.check(
      "the run does not start, and says which permission is missing",
      sentence.split("the job `image / amd64` ")[1],
      `${expected}.`,
    );
  });
}

function putOf(tag: string) {
  return { method: "PUT", path: new RegExp(`/manifests/${tag}$`) };
}

function count(run: RunRecord, level: string): number {
  return run.annotations.filter((annotation) => annotation.level === level).length;
}
