import { callerFromExample } from "../examples.ts";
import type { Files } from "../product-repository.ts";
import type { RunRecord } from "../runner/progress.ts";
import type { Chapter, Stage } from "../stage.ts";
import { checkImage, checkRuns } from "./checks.ts";
import { deletedVersions, unneededVersions } from "./package-checks.ts";

/** What the story so far left behind. */
export interface Past {
  readonly repository: string;
  readonly pullRequest: { readonly number: number; readonly title: string; readonly branch: string };
  /** Tags of its images, the newest last, and what that one is. */
  readonly pullRequestTags: readonly string[];
  readonly newest: { readonly revision: string; readonly message: string };
  /** Another branch with an image, and the image's tag. */
  readonly feature: { readonly branch: string; readonly tag: string };
  /** Images that stay. */
  readonly running: readonly { readonly tag: string; readonly revision: string; readonly message: string }[];
}

const workflows = {
  preview: ".github/workflows/prune-preview.yml",
  close: ".github/workflows/prune-on-close.yml",
  nightly: ".github/workflows/prune.yml",
  undo: ".github/workflows/prune-undo.yml",
} as const;

/** The callers of the examples, for a registry on this machine. */
export async function pruneCallers(host: string): Promise<Files> {
  const caller = async (name: string, more: string): Promise<string> =>
    `${(await callerFromExample(name, [])).trimEnd()}\n      registry: http://${host}\n${more}`;
  // Six images are few: the default minimum would keep nearly all of them.
  const few = "      minimum-kept: 1\n";
  return {
    [workflows.preview]: (await caller("prune-preview.yml", "")).replace("minimum-kept: 5", "minimum-kept: 1"),
    [workflows.close]: await caller("prune-on-close.yml", few),
    [workflows.nightly]: await caller("prune-nightly.yml", few),
    [workflows.undo]: await caller("prune-undo.yml", ""),
  };
}

/** The last chapters of an image's life: what nobody needs goes, all else runs on, and what went can come back. */
export async function playEightDaysLater(stage: Stage, past: Past): Promise<void> {
  const { product, events, github, registry } = stage;
  const { repository, pullRequest, feature } = past;
  const tags = () => registry.tags(repository);
  const main = await product.head("main");
  const head = await product.head(pullRequest.branch);
  let closingRun = "";
  /** That these tags are gone and no other tag changed. */
  const checkGone = async (chapter: Chapter, before: Record<string, string>, expected: readonly string[]) => {
    const after = await tags();
    const gone = Object.keys(before).filter((tag) => after[tag] === undefined);
    chapter.check(`gone: ${expected.length === 0 ? "no tag" : expected.join(", ")}`, gone.sort(), [...expected].sort());
    const changed = Object.keys(after).filter((tag) => after[tag] !== before[tag]);
    chapter.check("every other tag names the image it named", changed, []);
  };

  await stage.chapter("eight days later: what would a prune do?", async (chapter) => {
    stage.letDaysPass();
    await product.deleteBranch(feature.branch);
    await github.repository(repository).loadGit(product.folder);
    const before = await tags();
    const run = await chapter.run(await events.dispatch({}, main), { workflow: workflows.preview });
    chapter.check("it would remove something", Number(outputOf(run, "planned")) > 0, true);
    chapter.check("and removed nothing", deletedVersions(github, repository), []);
    await checkGone(chapter, before, []);
    await checkReport(chapter, "prune-preview-1");
  });

  await stage.chapter("the pull request is closed: its images go, and only they", async (chapter) => {
    const before = await tags();
    github.repository(repository).closePullRequest(pullRequest.number, { merged: true });
    await product.deleteBranch(pullRequest.branch);
    const event = await events.pullRequest({ ...pullRequest, action: "closed", head, base: main });
    const run = await chapter.run(event, { workflow: workflows.close });
    closingRun = String(run.runId);
    await checkGone(chapter, before, past.pullRequestTags);
    await checkReport(chapter, "prune-report-1");
  });

  await stage.chapter("the nightly prune: the branch's image goes, and what nothing needs", async (chapter) => {
    const before = { tags: await tags(), deleted: deletedVersions(github, repository).length };
    const run = await chapter.run(await events.schedule("23 3 * * *", main), { workflow: workflows.nightly });
    await checkGone(chapter, before.tags, [feature.tag]);
    chapter.check("nothing is left that no tag needs", unneededVersions(github, repository), []);
    const deleted = deletedVersions(github, repository).length - before.deleted;
    chapter.check("what went is what was counted", String(deleted), outputOf(run, "removed"));
    for (const { tag, revision, message } of past.running) {
      await checkImage(stage, chapter, repository, [tag], revision);
      await checkRuns(stage, chapter, repository, tag, message);
    }
  });

  await stage.chapter("the next night", async (chapter) => {
    const before = await tags();
    github.clearRequests();
    const run = await chapter.run(await events.schedule("23 3 * * *", main), { workflow: workflows.nightly });
    const read = github.requests.filter(({ method, path }) => method === "GET" && path.includes("/manifests/"));
    chapter.check("nothing is left to do", outputOf(run, "planned"), "0");
    chapter.check("no manifest is read again", read.length, 0);
    await checkGone(chapter, before, []);
  });

  await stage.chapter("somebody wants the pull request's image back", async (chapter) => {
    const before = await tags();
    const tag = past.pullRequestTags.at(-1) ?? "";
    const inputs = { "run-id": closingRun, images: tag, act: "true" };
    await chapter.run(await events.dispatch(inputs, main), { workflow: workflows.undo });
    const back = Object.keys(await tags()).filter((name) => before[name] === undefined);
    chapter.check("its tag is back, and no other", back, [tag]);
    await checkImage(stage, chapter, repository, [tag], past.newest.revision);
    await checkRuns(stage, chapter, repository, tag, past.newest.message);
  });
}

/** An output of the step that prunes. */
function outputOf(run: RunRecord, name: string): string {
  const steps = run.jobs.flatMap((job) => job.steps);
  return steps.find(({ uses }) => uses === "$/scripts/prune-images")?.outputs[name] ?? "";
}

async function checkReport(chapter: Chapter, artifact: string): Promise<void> {
  const { files } = await chapter.artifacts();
  chapter.check("the report is kept with the run", files, [`${artifact}/prune-report.json`]);
}
