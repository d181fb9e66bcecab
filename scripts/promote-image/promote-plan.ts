import { InputError } from "@longshore/language";
import { candidateOf } from "@longshore/publishing";
import { formatTag, type ImagePlan, isOfClock, needsRefresh, refreshPlan } from "@longshore/tagging";
import type { Target } from "../lib/registry/tags/decide-tags.ts";
import { type FreedPlan, freeHeldTags, type HeldTag, listLeftTags } from "../lib/registry/tags/free-tags.ts";
import type { PromoteResult } from "./promote-result.ts";
import type { Promoter } from "./promoter.ts";
import type { PromoteRequest, PromotionTask } from "./read-request.ts";

/** The moving tags of a plan for the digest that was built from it. Throws InputError when it is of another revision. */
export async function promoteDeferred(
  promoter: Promoter,
  { plan: made, digest }: Extract<PromotionTask, { kind: "deferred" }>,
  request: PromoteRequest,
): Promise<PromoteResult> {
  const targets = made.images.map(promoter.open);
  const { plan, notMoved } = await bringUpToDate(promoter, made, firstOf(targets));
  await Promise.all(targets.map((target) => requireRevision(target, digest, plan)));
  const first = firstOf(targets);
  const [primary, heldDays] = await Promise.all([
    first.registry.headManifest(plan.primaryTag),
    holdDays(plan, first, digest),
  ]);
  // The first image of a revision holds its primary tag; another image of it was built later, and is the better one.
  const candidate = candidateOf(plan, { digest, reused: primary?.digest === digest });
  const tags = plan.tags.filter((tag) => tag.mutability === "moving" && (heldDays === undefined || !isOfClock(tag)));
  // Every repository was pushed to by the build, so each is its own source.
  const outcomes = [];
  const decided = await Promise.all(
    targets.map((target) => promoter.decide({ source: target, targets: [target], tags, candidate })),
  );
  for (const one of decided) outcomes.push(await promoter.carryOut(one));
  return {
    ...{ kind: "deferred", source: `${first.registry.image}@${digest}`, digest, revision: plan.revision },
    ...{ reason: request.reason, backward: false, notMoved: [...notMoved, ...(heldDays ?? [])] },
    notes: tags.length > 0 ? [] : ["No moving tag of the plan is to be put."],
    tags: outcomes.flatMap((outcome) => outcome.tags),
    copies: [],
  };
}

/** All tags of a plan for the image of its revision, which an earlier run has built. Throws InputError when there is none. */
export async function promoteRelease(
  promoter: Promoter,
  made: ImagePlan,
  request: PromoteRequest,
): Promise<PromoteResult> {
  const targets = made.images.map(promoter.open);
  const first = firstOf(targets);
  const { plan, notMoved } = await bringUpToDate(promoter, made, first);
  const { tag, digest } = await findImage(first, plan);
  const candidate = candidateOf(plan, { digest, reused: true });
  const heldDays = await holdDays(plan, first, digest);
  const names = plan.tags.filter((name) => heldDays === undefined || !isOfClock(name));
  const decided = await promoter.decide({ source: first, targets, tags: names, candidate });
  const { tags, copies } = await promoter.carryOut(decided);
  return {
    ...{ kind: "release", source: `${first.registry.image}:${tag}`, digest, revision: plan.revision },
    ...{
      reason: request.reason,
      backward: false,
      notMoved: [...notMoved, ...(heldDays ?? [])],
      tags,
      copies,
      notes: [],
    },
  };
}

/**
 * The days of the plan that its image lacks and does not get; undefined where it gets them: what this plan's build has made has the
 * plan's moment. An image of before had its day when it was made only if that run came so far, so what it lacks is told.
 */
async function holdDays(
  plan: ImagePlan,
  { registry }: Target,
  digest: string,
): Promise<readonly HeldTag[] | undefined> {
  const moment = plan.tags.find((tag) => tag.class === "date-time");
  const ofMoment = moment && (await registry.headManifest(moment.name));
  if (ofMoment?.digest === digest) return undefined;
  const reason =
    ofMoment === undefined
      ? "a day is of the images that are made on it, and this one was made by an earlier run"
      : `a day goes with its moment, and ${moment?.name} names another image`;
  const days = plan.tags.filter((tag) => tag.class === "date");
  const heads = await Promise.all(days.map(async ({ name }) => ({ name, head: await registry.headManifest(name) })));
  return heads
    .filter(({ head }) => head?.digest !== digest)
    .map(({ name }) => ({ name, reason, told: "notice" as const }));
}

/** Git tags come and go while a plan waits, and a version may have no image. */
async function bringUpToDate(promoter: Promoter, plan: ImagePlan, first: Target): Promise<FreedPlan> {
  if (!needsRefresh(plan)) return { plan, notMoved: listLeftTags(plan) };
  return freeHeldTags(refreshPlan(plan, await promoter.listGitTags(plan.component)), first);
}

/** Looks where a build of the release itself, or of the commit on the default branch, has put its image. */
async function findImage(target: Target, plan: ImagePlan): Promise<{ readonly tag: string; readonly digest: string }> {
  const { revision, suffix, defaultBranch, primaryTag } = plan;
  const context = { defaultBranch };
  const names = [
    primaryTag,
    formatTag({ class: "commit", sha: revision, suffix }, context),
    formatTag({ class: "default-branch", sha7: revision.slice(0, 7), suffix }, context),
  ];
  for (const tag of names) {
    const head = await target.registry.headManifest(tag);
    if (head === undefined) continue;
    const { facts } = await target.readHolder(head.digest);
    if (facts.revision === revision && facts.component === plan.component) return { tag, digest: head.digest };
  }
  throw new InputError(
    `${target.registry.image} holds no image of revision ${revision} under ${names.join(", ")}: let the build of that commit end first and run this job again, or build the release with build-image.yml.`,
  );
}

async function requireRevision(target: Target, digest: string, plan: ImagePlan): Promise<void> {
  const { image } = target.registry;
  if ((await target.registry.headManifest(digest, { expected: true })) === undefined) {
    throw new InputError(`${image} holds no ${digest}: give the digest that the build of this plan has put out.`);
  }
  const { facts } = await target.readHolder(digest);
  if (facts.revision === plan.revision && facts.component === plan.component) return;
  const found =
    facts.revision === plan.revision ? `component ${facts.component || "none"}` : (facts.revision ?? "no revision");
  const planned = facts.revision === plan.revision ? `component ${plan.component || "none"}` : plan.revision;
  throw new InputError(`${image}@${digest} is of ${found}, and the plan is of ${planned}: no tag is put.`);
}

/** A plan has at least one repository. */
function firstOf(targets: readonly Target[]): Target {
  const [first] = targets;
  if (first === undefined) throw new InputError("Input plan names no repository; give the plan output of plan-image.");
  return first;
}
