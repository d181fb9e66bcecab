import { callerFromExample } from "../examples.ts";
import type { Files } from "../product-repository.ts";
import type { RunRecord } from "../runner/progress.ts";
import type { Chapter, Stage } from "../stage.ts";
import { checkImage, checkRuns } from "./checks.ts";
import { deletedVersions, unneededVersions } from "./package-checks.ts";

/** What the story so far left behind. */
export interface Past {
  readonly repository: string;
  readonly pullRequest: number;
  /** Branches that are gone by now. */
  readonly goneBranches: readonly string[];
  /** Tags of the pull request and of the gone branches. */
  readonly goneTags: readonly string[];
  /** The image that somebody wants back: its tag, its commit and what it says. */
  readonly wanted: { readonly tag: string; readonly revision: string; readonly message: string };
  /** Tags of images that run on. */
  readonly running: readonly { readonly tag: string; readonly revision: string; readonly message: string }[];
}

/** The callers of examples/prune-nightly.yml and examples/prune-undo.yml. */
export async function pruneCallers(host: string): Promise<Files> {
  const nightly = (await callerFromExample("prune-nightly.yml", [])).trimEnd();
  return {
    // Four images are few: the default minimum would keep them all.
    ".github/workflows/prune.yml": `${nightly}\n      registry: http://${host}\n      minimum-kept: 1\n`,
    ".github/workflows/undo.yml": await callerFromExample("prune-undo.yml", []),
  };
}

/** The last chapters of an image's life: what nobody needs goes, all else runs on, and what went can come back. */
export async function playEightDaysLater(stage: Stage, past: Past): Promise<void> {
  const { product, events, github, registry } = stage;
  const { repository } = past;
  const workflow = ".github/workflows/prune.yml";
  const tags = () => registry.tags(repository);
  const main = await product.head("main");
  let pruneRun = "";

  await stage.chapter("eight days later somebody asks what a prune would do", async (chapter) => {
    stage.letDaysPass();
    github.repository(repository).closePullRequest(past.pullRequest, { merged: true });
    for (const branch of past.goneBranches) await product.deleteBranch(branch);
    await github.repository(repository).loadGit(product.folder);
    const before = { tags: await tags(), deleted: deletedVersions(github, repository) };
    const run = await chapter.run(await events.dispatch({}, main), { workflow });
    chapter.check("something would go", Number(outputOf(run, "planned")) > past.goneTags.length, true);
    chapter.check("nothing is gone", { tags: await tags(), deleted: deletedVersions(github, repository) }, before);
    await checkReport(chapter);
  });

  await stage.chapter("the nightly prune", async (chapter) => {
    const before = await tags();
    const run = await chapter.run(await events.schedule("23 3 * * *", main), { workflow });
    pruneRun = String(run.runId);
    const after = await tags();
    const gone = Object.keys(before).filter((tag) => after[tag] === undefined);
    chapter.check("the images of the pull request and of the branch are gone", gone.sort(), [...past.goneTags].sort());
    const moved = Object.keys(after).filter((tag) => after[tag] !== before[tag]);
    chapter.check("every other tag names the image it named", moved, []);
    chapter.check("nothing is left that no tag needs", unneededVersions(github, repository), []);
    const removed = Number(outputOf(run, "removed"));
    chapter.check("what went is what was counted", deletedVersions(github, repository).length, removed);
    for (const { tag, revision, message } of past.running) {
      await checkImage(stage, chapter, repository, [tag], revision);
      await checkRuns(stage, chapter, repository, tag, message);
    }
    await checkReport(chapter);
  });

  await stage.chapter("the next night", async (chapter) => {
    const before = await tags();
    github.clearRequests();
    const run = await chapter.run(await events.schedule("23 3 * * *", main), { workflow });
    const read = github.requests.filter(({ method, path }) => method === "GET" && path.includes("/manifests/"));
    chapter.check("nothing is left to do", [outputOf(run, "planned"), await tags()], ["0", before]);
    chapter.check("no manifest is read again", read.length, 0);
  });

  await stage.chapter("somebody wants the pull request's image back", async (chapter) => {
    const before = await tags();
    const { tag, revision, message } = past.wanted;
    const inputs = { "run-id": pruneRun, images: tag, act: "true" };
    await chapter.run(await events.dispatch(inputs, main), { workflow: ".github/workflows/undo.yml" });
    const back = Object.keys(await tags()).filter((name) => before[name] === undefined);
    chapter.check("its tag is back, and no other", back, [tag]);
    await checkImage(stage, chapter, repository, [tag], revision);
    await checkRuns(stage, chapter, repository, tag, message);
  });
}

/** An output of the step that prunes. */
function outputOf(run: RunRecord, name: string): string {
  const steps = run.jobs.flatMap((job) => job.steps);
  return steps.find(({ uses }) => uses === "$/scripts/prune-images")?.outputs[name] ?? "";
}

async function checkReport(chapter: Chapter): Promise<void> {
  const { files } = await chapter.artifacts();
  chapter.check("the report is kept with the run", files, ["prune-report-1/prune-report.json"]);
}
