import type { ImagePlan, LeftTag, PlannedTag } from "./image-plan.ts";
import { formatTag, parseTag } from "./tag-grammar.ts";
import { parseVersion } from "./version.ts";
import { readVersionLines } from "./version-lines.ts";

/** Whether time can make the plan wrong: version tags were counted when it was made. */
export function needsRefresh({ tags, notMoved }: ImagePlan): boolean {
  return tags.some(({ rule }) => rule === "highest-version") || notMoved.some(({ higher }) => higher !== undefined);
}

/**
 * A plan may be carried out long after it was made, when approvals or scans are waited for. Tags of a version line that has higher
 * versions by now stay where they are, and those whose higher versions are withdrawn move. `gitTags` as in PlanOptions.versions.
 */
export function refreshPlan(plan: ImagePlan, gitTags: readonly string[]): ImagePlan {
  const own = parseVersion(plan.version);
  if (own === undefined) return plan;
  const lines = readVersionLines(gitTags, plan.component, own);
  const higherThanOwn = (name: string): readonly string[] => {
    const tag = parseTag(name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
    if (tag.class === "version-line") return lines.higher(tag.line, own);
    return tag.class === "latest" ? lines.higher("", own) : [];
  };
  const again = plan.notMoved.map((left) =>
    left.higher === undefined ? left : leftBelow(left.name, higherThanOwn(left.name)),
  );
  // Whatever has a higher version now has one with an image, as far as git tags tell.
  const freed = freeTags({ ...plan, notMoved: again }, () => true);
  const judged = freed.tags.map((tag) => ({
    tag,
    higher: tag.rule === "highest-version" ? higherThanOwn(tag.name) : [],
  }));
  return {
    ...freed,
    tags: judged.flatMap(({ tag, higher }) => (higher.length === 0 ? [tag] : [])),
    notMoved: [
      ...freed.notMoved,
      ...judged.flatMap(({ tag, higher }) => (higher.length === 0 ? [] : [leftBelow(tag.name, higher)])),
    ],
  };
}

/** The version tags by which the images of higher versions are known, highest version first; see freeTags. */
export function obstaclesOf(plan: ImagePlan): ReadonlyMap<string, string> {
  const versions = plan.notMoved.flatMap(({ higher = [] }) => higher);
  const context = { defaultBranch: plan.defaultBranch };
  return new Map(
    [...new Set(versions)].map((version) => [
      version,
      formatTag({ class: "version", version, prefixed: false, suffix: plan.suffix }, context),
    ]),
  );
}

/** Lets the tags move whose higher versions all have no image (R5): a git tag whose build failed is no obstacle. */
export function freeTags(plan: ImagePlan, hasImage: (version: string) => boolean): ImagePlan {
  const isFree = ({ higher }: LeftTag): boolean => higher !== undefined && !higher.some(hasImage);
  const freed = plan.notMoved.filter(isFree).map((left): PlannedTag => {
    const tag = parseTag(left.name, { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] });
    const none = (left.higher ?? []).join(", ");
    return {
      name: left.name,
      class: tag.class === "latest" ? "latest" : "version-line",
      mutability: "moving",
      rule: "highest-version",
      reason:
        none === ""
          ? `highest stable version is ${plan.version}`
          : `highest stable version with an image, as ${none} has none`,
    };
  });
  return {
    ...plan,
    tags: [...plan.tags, ...freed],
    notMoved: plan.notMoved.filter((left) => !isFree(left)),
  };
}

function leftBelow(name: string, higher: readonly string[]): LeftTag {
  return { name, reason: `${higher[0]} is higher`, higher, mutability: "moving" };
}
