import { join } from "node:path";
import { mutabilityOf, parseTag } from "@longshore/tagging";
import type { ImageRow, RehearsalReport, StoryProgress, StoryReport } from "./report.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Story } from "./stories/story.ts";

export interface RehearsalOptions {
  /** Where images go: the double of GitHub, which is GHCR and API in one, or another make of registry. Default `double`. */
  readonly registry?: "double" | "debian";
  /** Loopback port of GitHub's double; default any free one. */
  readonly port?: number;
  readonly report?: (progress: StoryProgress) => void;
  /** Ends the rehearsal: what runs is stopped, all is tidied up, and its promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each story while its registry still runs. */
  readonly beforeStop?: (stage: Stage, story: StoryReport) => Promise<void>;
}

const cache = join(import.meta.dirname, "..", ".cache", "rehearsal");

/** Plays stories on the engine that the environment names (see rehearsal/engine). Throws only where a stage cannot be set up. */
export async function rehearse(stories: readonly Story[], options: RehearsalOptions = {}): Promise<RehearsalReport> {
  const start = performance.now();
  const played: StoryReport[] = [];
  for (const story of stories) played.push(await playStory(story, options));
  return {
    ok: played.every(({ ok }) => ok),
    engine: process.env.LONGSHORE_ENGINE_DESCRIPTION ?? "",
    emulated: process.env.LONGSHORE_EMULATED ?? "",
    ms: performance.now() - start,
    stories: played,
  };
}

async function playStory(story: Story, options: RehearsalOptions): Promise<StoryReport> {
  const start = performance.now();
  const { registry = "double", port, report = () => {}, signal = new AbortController().signal } = options;
  report({ type: "story-started", name: story.name, title: story.title });
  const kept = join(cache, registry === "double" ? story.name : `${story.name}-${registry}`);
  const { files, repositories, daysAgo = 0 } = story;
  const stage = await openStage({
    registry,
    kept,
    files,
    repositories,
    daysAgo,
    report,
    signal,
    ...(port === undefined ? {} : { port }),
  });
  try {
    await story.play(stage);
    signal.throwIfAborted();
    const chapters = stage.chapters;
    const told: StoryReport = {
      name: story.name,
      title: story.title,
      ok: chapters.every(({ checks }) => checks.every(({ ok }) => ok)),
      ms: performance.now() - start,
      registry: stage.host,
      kept,
      chapters,
      images: (await Promise.all(repositories.map((repository) => listImages(stage, repository)))).flat(),
    };
    await options.beforeStop?.(stage, told);
    return told;
  } finally {
    await stage.stop();
  }
}

async function listImages(stage: Stage, repository: string): Promise<readonly ImageRow[]> {
  const tags = await stage.registry.tags(repository);
  const rows = Object.entries(tags).map(async ([tag, digest]): Promise<ImageRow> => {
    const image = await stage.registry.image(repository, tag);
    const { class: tagClass } = parseTag(tag, { defaultBranch: "main" });
    return {
      ...{ repository, tag, class: tagClass, mutability: mutabilityOf(tagClass), digest },
      platforms: image?.platforms ?? [],
      revision: image?.annotations["org.opencontainers.image.revision"] ?? "",
      chapter: stage.madeBy.get(`${repository}:${tag}`) ?? 0,
    };
  });
  const order = (await Promise.all(rows)).map((row) => ({ row, key: row.mutability === "immutable" ? 0 : 1 }));
  return order.sort((one, other) => one.row.chapter - other.row.chapter || one.key - other.key).map(({ row }) => row);
}
