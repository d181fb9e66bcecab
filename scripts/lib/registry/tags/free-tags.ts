import { freeTags, type ImagePlan, isHigherVersion, type LeftTag, obstaclesOf, parseTag } from "@longshore/tagging";
import type { Target } from "./decide-tags.ts";

/** A moving tag that a plan leaves where it is. */
export interface HeldTag {
  readonly name: string;
  /** One clause. */
  readonly reason: string;
  /** How loudly it is said, if at all: a notice where that is nobody's fault, a warning where something is to be done. */
  readonly told?: "notice" | "warning";
}

export interface FreedPlan {
  readonly plan: ImagePlan;
  readonly notMoved: readonly HeldTag[];
}

/**
 * The plan with the tags that only versions without an image held back, and what is to be said of those that stay. Looks for the image
 * of the highest version first: it is there unless its build failed, so a backport costs one request and one for each tag that stays,
 * and any other event none. Throws RegistryError.
 */
export async function freeHeldTags(plan: ImagePlan, target: Target): Promise<FreedPlan> {
  const published = new Set<string>();
  const obstacles = obstaclesOf(plan);
  for (const [version, tag] of obstacles) {
    const isDecided = plan.notMoved.every(
      ({ higher = [] }) => !higher.includes(version) || higher.some((one) => published.has(one)),
    );
    if (!isDecided && (await target.registry.headManifest(tag)) !== undefined) published.add(version);
  }
  const freed = obstacles.size === 0 ? plan : freeTags(plan, (version) => published.has(version));
  const notMoved = freed.notMoved.map((left) => judgeLeftTag(left, { plan, target, published }));
  return { plan: freed, notMoved: await Promise.all(notMoved) };
}

/** The tags that a plan leaves, where nothing is asked of a registry. */
export function listLeftTags({ notMoved }: ImagePlan): readonly HeldTag[] {
  return notMoved.map(({ name, reason }) => ({ name, reason }));
}

interface Obstruction {
  readonly plan: ImagePlan;
  readonly target: Target;
  /** Versions that have an image. */
  readonly published: ReadonlySet<string>;
}

async function judgeLeftTag(left: LeftTag, obstruction: Obstruction): Promise<HeldTag> {
  const { name } = left;
  const version = left.higher?.find((one) => obstruction.published.has(one));
  if (version === undefined) return { name, reason: left.reason };
  const reason = `${version} is higher`;
  switch (await findHolder(left, obstruction)) {
    case "own":
      return { name, reason };
    case "newer":
      return { name, reason, told: "notice" };
    case "other":
      return {
        ...{ name, told: "warning" },
        reason: `${reason} and has an image, but was not given its moving tags: let the run of ${version} end, or start it again; to withdraw ${version} delete its git tag and start this run again`,
      };
  }
}

/** Whose image has the tag: this version's own, a newer one's, or another's or nobody's. */
async function findHolder(
  { name, higher = [] }: LeftTag,
  { plan, target: { registry, readHolder } }: Obstruction,
): Promise<"own" | "newer" | "other"> {
  const head = await registry.headManifest(name);
  if (head === undefined) return "other";
  const { facts } = await readHolder(head.digest);
  if (facts.component !== plan.component) return "other";
  if (facts.version === plan.version) return "own";
  if (facts.version !== undefined) return isHigherVersion(facts.version, plan.version) ? "newer" : "other";
  // A release may be the image of its commit, which names no version: then it is known by the version's tag.
  const tags = obstaclesOf({ ...plan, notMoved: [{ name, reason: "", higher }] });
  for (const tag of tags.values()) {
    if ((await registry.headManifest(tag))?.digest === head.digest) return "newer";
  }
  const { class: tagClass } = parseTag(name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
  // The default branch may have `latest` from any version.
  return tagClass === "latest" && facts.branch !== undefined && facts.branch === plan.defaultBranch ? "newer" : "other";
}
