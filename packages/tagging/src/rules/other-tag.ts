import { freeSlug } from "../branch-slug.ts";
import { parseTag } from "../tag-grammar.ts";
import { put, type TagRule } from "./tag-rule.ts";

/** N5: a git tag that is no version yields its sanitised name only; a bare commit its sha. */
export const tagOtherTag: TagRule = ({ facts, options, sha7, suffix }) => {
  if (facts.kind !== "tag") return [];
  if (facts.gitTag === "") {
    return [
      put({ class: "commit", sha: sha7, suffix }, "the commit asked for, short"),
      put({ class: "commit", sha: facts.revision, suffix }, "the commit asked for, in full"),
    ];
  }
  const context = { defaultBranch: facts.repository.defaultBranch, suffixes: [suffix], extraTags: options.extraTags };
  const slug = freeSlug(facts.gitTag, "tag", suffix, (free) => parseTag(`${free}${suffix}`, context).class === "tag");
  return [put({ class: "tag", slug, suffix }, `name of git tag ${facts.gitTag}`)];
};
