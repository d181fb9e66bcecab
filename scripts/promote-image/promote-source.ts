import { InputError } from "@longshore/language";
import { isCompanionTag, planNamedTag, type TagCandidate } from "@longshore/publishing";
import type { PlannedTag } from "@longshore/tagging";
import { mapParallel } from "../lib/http/parallel.ts";
import type { Target } from "../lib/registry/tags/decide-tags.ts";
import { leftTag } from "../lib/registry/tags/put-tags.ts";
import type { TagOutcome } from "../lib/registry/tags/tag-outcome.ts";
import { chooseTags } from "./choose-tags.ts";
import type { PromoteResult } from "./promote-result.ts";
import type { DecidedPromotion, Promoter } from "./promoter.ts";
import type { PromoteRequest, PromotionTask } from "./read-request.ts";

/**
 * Tags for one image that somebody has named. All of them are put or none: where one may not move, nothing is changed. Throws
 * InputError.
 */
export async function promoteNamed(
  promoter: Promoter,
  task: Extract<PromotionTask, { kind: "image" }>,
  request: PromoteRequest,
): Promise<PromoteResult> {
  const { backward, reason } = request;
  const source = promoter.open(task.source);
  const reference = task.reference.startsWith("sha256:") ? `@${task.reference}` : `:${task.reference}`;
  const head = await source.registry.headManifest(task.reference);
  if (head === undefined) throw new InputError(`${task.source}${reference} does not exist: no tag is put.`);
  const candidate = await readCandidate(source, head.digest);
  const sourceTag = task.reference.startsWith("sha256:") ? undefined : task.reference;
  const targets = task.targets.map(promoter.open);
  const decided = await promoter.decide({
    source,
    targets,
    tags: task.tags,
    candidate,
    named: { backward, sourceTag },
  });
  refuseWhereLeft(decided);
  const { tags, copies } = await promoter.carryOut(decided);
  return {
    ...{ kind: "image", source: `${task.source}${reference}`, digest: head.digest, revision: candidate.revision },
    ...{ reason, backward, tags, notMoved: [], copies, notes: [] },
  };
}

/**
 * Tags of one repository, under their own names, in others. What is named otherwise there already: an immutable tag stops all of
 * it before anything is copied; a moving one stays where it may not go. Throws InputError.
 */
export async function promoteRepository(
  promoter: Promoter,
  task: Extract<PromotionTask, { kind: "repository" }>,
  request: PromoteRequest,
): Promise<PromoteResult> {
  const { backward, reason } = request;
  const source = promoter.open(task.source);
  const targets = task.targets.map(promoter.open);
  const all = await source.registry.listTags();
  if (all === undefined) throw new InputError(`${task.source} does not exist, or this login may not read it.`);
  const names = chooseTags(task.source, all, task.patterns, isCompanionTag);
  const tags = names.map((name) => planNamedTag(name, "copied under its own name"));
  const sourceTags = new Set(all);
  const decided = await decideAll(
    await mapParallel(tags, 4, async (tag) => {
      const candidate = await findCandidate(source, tag);
      return { source, targets, tags: [tag], candidate, named: { backward, sourceTag: tag.name }, sourceTags };
    }),
    promoter,
  );
  const done = [];
  // One after the other, immutable ones first: what is copied stays copied, whatever comes of the next.
  for (const one of [...decided].sort((left, right) => rank(left) - rank(right))) {
    done.push(await tryToCarryOut(promoter, one));
  }
  return {
    ...{ kind: "repository", source: task.source, revision: "", reason, backward, notMoved: [], notes: [] },
    tags: done.flatMap(({ tags: outcomes }) => outcomes),
    copies: done.flatMap(({ copies }) => copies),
  };
}

async function decideAll(
  promotions: readonly Parameters<Promoter["decide"]>[0][],
  promoter: Promoter,
): Promise<readonly DecidedPromotion[]> {
  const refusals: string[] = [];
  const decided = await mapParallel(promotions, 4, async (promotion) => {
    try {
      return [await promoter.decide(promotion)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusals.push(error.message.replace(/^[^:]+: /u, ""));
      return [];
    }
  });
  if (refusals.length === 0) return decided.flat();
  throw new InputError(`Nothing is copied, as an immutable tag never changes: ${refusals.join(" ")} Leave those out.`);
}

/** What a failing registry leaves undone is an outcome of its tags; the other tags go on. */
async function tryToCarryOut(
  promoter: Promoter,
  decided: DecidedPromotion,
): Promise<Awaited<ReturnType<Promoter["carryOut"]>>> {
  if (decided.tasks.every(({ decision }) => decision.action === "leave"))
    return { tags: decided.tasks.map(leftTag), copies: [] };
  try {
    return await promoter.carryOut(decided);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/u, "");
    const outcomes = decided.tasks.map((task): TagOutcome => ({ ...leftTag(task), outcome: "failed", reason }));
    return { tags: outcomes, copies: [] };
  }
}

function rank({ promotion }: DecidedPromotion): number {
  const [tag] = promotion.tags;
  return tag?.mutability === "immutable" ? 0 : tag?.class === "latest" ? 2 : 1;
}

async function findCandidate(source: Target, { name }: PlannedTag): Promise<TagCandidate> {
  const head = await source.registry.headManifest(name);
  if (head === undefined) throw new InputError(`${source.registry.image}:${name} does not exist: nothing is copied.`);
  return readCandidate(source, head.digest);
}

/** What the image says of itself. Another image of its revision was built on purpose, so it may follow. */
async function readCandidate(source: Target, digest: string): Promise<TagCandidate> {
  const { facts } = await source.readHolder(digest);
  const { revision = "", component, version = "", source: address = "" } = facts;
  // No branch: who names an image by hand says so where it is to go back.
  return { digest, revision, component, version, branch: "", source: address, reused: false };
}

function refuseWhereLeft({ tasks }: DecidedPromotion): void {
  const left = tasks.filter(({ decision }) => decision.action === "leave");
  if (left.length === 0) return;
  const sentences = left.map(({ target, tag, decision }) => `${target.registry.image}:${tag.name} ${decision.reason}.`);
  const all = sentences.join(" ");
  const advice = all.includes("allow-backward")
    ? ""
    : " To go back on purpose set `allow-backward: true` and give a `reason`.";
  throw new InputError(`No tag is put, as moving tags only go forward: ${all}${advice}`);
}
