import { InputError, quote } from "@longshore/language";
import { parseTag } from "../tag-grammar.ts";
import { move, stay, type TagRule } from "./tag-rule.ts";

/** The caller's own moving tags. None may pass for a tag of another class. */
export const tagExtra: TagRule = ({ facts, options, suffix }) => {
  const context = { defaultBranch: facts.repository.defaultBranch, suffixes: [suffix] };
  return options.extraTags.map((name) => {
    const read = parseTag(`${name}${suffix}`, context).class;
    if (read !== "tag" && read !== "unknown") {
      throw new InputError(
        `Input extra-tags holds ${quote(name)}, which reads as a tag of class ${read}; choose a name of your own.`,
      );
    }
    const tag = { class: "extra", name, suffix } as const;
    if (facts.kind === "merge-queue") return stay(tag, "a merge queue moves nothing");
    if (facts.kind === "prerelease") return stay(tag, "a prerelease moves nothing");
    return move(tag, "ancestor", "asked for by extra-tags");
  });
};
