import { parseVersion } from "../version.ts";
import { readVersionLines } from "../version-lines.ts";
import { move, type Proposal, stay, stayBelow, type TagRule } from "./tag-rule.ts";

/** N7: who owns `latest`. */
export const tagLatest: TagRule = ({ facts, options, suffix }) => {
  const tag = { class: "latest", suffix } as const;
  const owner = options.latest;
  switch (facts.kind) {
    case "prerelease":
      return [stay(tag, "a prerelease moves nothing")];
    case "release": {
      if (owner === "none" || owner === "default-branch") return [stay(tag, notOwned(owner))];
      const own = parseVersion(facts.version);
      const higher = own === undefined ? [] : readVersionLines(options.versions, facts.component).higher("", own);
      if (higher.length > 0) return [stayBelow(tag, higher)];
      return [move(tag, "highest-version", `highest stable version is ${facts.version}`)];
    }
    case "default-branch":
      return [ofDefaultBranch()];
    case "pull-request":
    case "feature":
    case "merge-queue":
    case "tag":
      return [];
  }

  function ofDefaultBranch(): Proposal {
    if (owner === "none" || owner === "release") return stay(tag, notOwned(owner));
    if (owner !== "auto") return move(tag, "ancestor", `input latest is ${owner}`);
    const top = readVersionLines(options.versions, facts.component).highest("");
    if (top !== undefined)
      return stay(tag, `it belongs to releases since there are stable versions, ${top} the highest`);
    return move(tag, "ancestor", "newest image of the default branch while there is no stable version");
  }
};

function notOwned(owner: string): string {
  return `input latest is ${owner}`;
}
