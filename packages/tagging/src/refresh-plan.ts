import type { ImagePlan } from "./image-plan.ts";
import { parseTag } from "./tag-grammar.ts";
import { parseVersion } from "./version.ts";
import { readVersionLines } from "./version-lines.ts";

/** Whether time can make the plan wrong: version tags were counted when it was made. */
export function needsRefresh({ tags }: ImagePlan): boolean {
  return tags.some(({ rule }) => rule === "highest-version");
}

/**
 * A plan may be carried out long after it was made, when approvals or scans are waited for. Tags of a version line whose highest
 * version is another one by now stay where they are. `gitTags` as in PlanOptions.versions.
 */
export function refreshPlan(plan: ImagePlan, gitTags: readonly string[]): ImagePlan {
  const own = parseVersion(plan.version);
  if (own === undefined) return plan;
  const { highest } = readVersionLines(gitTags, plan.component, own);
  const context = { defaultBranch: plan.defaultBranch, suffixes: [plan.suffix] };
  const overtakenBy = (name: string): string | undefined => {
    const tag = parseTag(name, context);
    const top = tag.class === "version-line" ? highest(tag.line) : tag.class === "latest" ? highest("") : undefined;
    return top === plan.version ? undefined : top;
  };
  const judged = plan.tags.map((tag) => ({
    tag,
    top: tag.rule === "highest-version" ? overtakenBy(tag.name) : undefined,
  }));
  return {
    ...plan,
    tags: judged.flatMap(({ tag, top }) => (top === undefined ? [tag] : [])),
    notMoved: [
      ...plan.notMoved,
      ...judged.flatMap(({ tag, top }) => (top === undefined ? [] : [{ name: tag.name, reason: `${top} is higher` }])),
    ],
  };
}
