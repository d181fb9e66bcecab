import type { RunRecord } from "../runner/progress.ts";
import type { Chapter, Stage } from "../stage.ts";
import { platforms, short, spoken } from "./fixture.ts";

interface BuildResult {
  readonly platform: string;
  readonly reused: boolean;
  readonly seconds: number;
}

/** What the build jobs of a run say they made. */
export function buildResults(run: RunRecord): readonly BuildResult[] {
  return run.jobs
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses === "$/scripts/build-platform")
    .flatMap(({ outputs }) => JSON.parse(outputs.result || "[]") as readonly BuildResult[]);
}

/** The tags of a repository that a chapter added or moved, in order. */
export async function changedTags(
  stage: Stage,
  repository: string,
  before: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const after = await stage.registry.tags(repository);
  return Object.keys(after)
    .filter((tag) => after[tag] !== before[tag])
    .sort();
}

/** That these tags name one image of this revision, whole and for both platforms. */
export async function checkImage(
  stage: Stage,
  chapter: Chapter,
  repository: string,
  tags: readonly string[],
  revision: string,
  expected: readonly string[] = platforms,
): Promise<void> {
  const [first = ""] = tags;
  const image = await stage.registry.image(repository, first);
  const name = `${repository.split("/").pop()}:${first}`;
  chapter.check(`${name} holds ${expected.join(" and ")}`, image?.platforms, [...expected].sort());
  const said = image?.annotations["org.opencontainers.image.revision"] ?? "";
  chapter.check(`${name} says it is of commit ${short(revision)}`, said, revision);
  if (tags.length === 1) return;
  const all = await stage.registry.tags(repository);
  const digests = tags.map((tag) => all[tag]);
  const others = tags.slice(1);
  chapter.check(
    `${others.join(", ")} ${others.length === 1 ? "names" : "name"} the same image`,
    new Set(digests).size,
    1,
  );
}

/** That the image runs on each platform, and was built there. */
export async function checkRuns(
  stage: Stage,
  chapter: Chapter,
  repository: string,
  tag: string,
  message: string,
): Promise<void> {
  for (const platform of platforms) {
    const printed = await stage.runImage(`${stage.host}/${repository}:${tag}`, platform);
    chapter.check(`${tag} runs on ${platform}`, printed, spoken(platform, message));
  }
}

/** Tags of the class that has the day or the second of the build in it differ from run to run: their number is what counts. */
export function withoutDates(tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => !/^\d{8}(-\d{6})?$/.test(tag));
}

/** What each run of a step of ours put out. */
export function outputsOf(run: RunRecord, step: string): readonly Readonly<Record<string, string>>[] {
  return run.jobs
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses.includes(`scripts/${step}`))
    .map(({ outputs }) => outputs);
}

/** What ship-image.yml says the image has, by part: `has`, `has-not` or `failed`. */
export function partsOf(run: RunRecord): Readonly<Record<string, string>> {
  const [{ result = "[]" } = {}] = outputsOf(run, "describe-shipment");
  const parts = JSON.parse(result) as readonly { readonly part: string; readonly state: string }[];
  return Object.fromEntries(parts.map(({ part, state }) => [part, state]));
}
