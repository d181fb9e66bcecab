import { parseVersion } from "../version.ts";
import { readVersionLines } from "../version-lines.ts";
import { move, type Proposal, put, stay, stayBelow, type TagRule } from "./tag-rule.ts";

/** N5, N6: the version for good; its lines only where it is their highest. */
export const tagRelease: TagRule = ({ facts, options, suffix }) => {
  if (facts.kind !== "release" && facts.kind !== "prerelease") return [];
  const { version } = facts;
  const own = parseVersion(version);
  if (own === undefined) return [];
  const forms = options.versionPrefix ? [false, true] : [false];
  const versions = forms.map((prefixed) =>
    put({ class: "version", version, prefixed, suffix }, `version of git tag ${facts.gitTag}`),
  );
  const versionLines = readVersionLines(facts.kind === "release" ? options.versions : [], facts.component, own);
  const lines = [`${own.major}.${own.minor}`, `${own.major}`].flatMap((line) =>
    forms.map((prefixed): Proposal => {
      const tag = { class: "version-line", line, prefixed, suffix } as const;
      if (facts.kind === "prerelease") return stay(tag, "a prerelease moves nothing");
      if (line === "0") return stay(tag, "versions below 1.0.0 promise nothing to each other");
      if (/^\d{8}$/.test(line) && !prefixed) return stay(tag, "it would read as a date");
      const higher = versionLines.higher(line, own);
      if (higher.length > 0) return stayBelow(tag, higher);
      return move(tag, "highest-version", `highest stable version of ${line}.x is ${version}`);
    }),
  );
  return [...versions, ...lines];
};
