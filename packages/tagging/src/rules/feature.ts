import { featureSlug } from "../branch-slug.ts";
import { put, type TagRule } from "./tag-rule.ts";

/** N2, N3: `{slug}-{sha7}`. */
export const tagFeature: TagRule = ({ facts, sha7, suffix }) => {
  if (facts.kind !== "feature") return [];
  const slug = featureSlug(facts.branch, facts.repository.defaultBranch, suffix);
  return [put({ class: "feature", slug, sha7, suffix }, "this commit of the feature branch")];
};
