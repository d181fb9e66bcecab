import { describeAge, tellAge } from "./describe-age.ts";
import type { Keeping } from "./keep-versions.ts";
import type { PackageView, ViewedVersion } from "./package-view.ts";
import type { TagReading } from "./tag-reading.ts";

/** Why a version goes: what it is, and that nothing needs it. `parent` names an index that goes and holds it. */
export function explainRemoval(version: ViewedVersion, parent: string | undefined, view: PackageView): Keeping {
  const tag = version.tags[0];
  if (tag !== undefined) return { rule: tag.as, reason: explainTag(tag, tellAge(version), view) };
  if (parent !== undefined) return { rule: "part", reason: `Part of ${parent}, which goes, too.` };
  const subject = version.manifest?.subject;
  if (subject !== undefined) return { rule: "referrer", reason: `Belongs to ${short(subject)}, which does not stay.` };
  return { rule: "untagged", reason: `Has no tag, is part of nothing and is ${describeAge(version.age)} old.` };
}

function explainTag(tag: TagReading, age: string, { rules }: PackageView): string {
  switch (tag.as) {
    case "pull-request":
      return tag.isOpen
        ? `${tag.name} ${age} and is neither the head's nor the newest of open pull request ${tag.number}.`
        : `${tag.name} ${age}, and pull request ${tag.number} is closed.`;
    case "feature":
      return tag.branchExists
        ? `${tag.name} ${age} and is neither the head's nor the newest of its branch.`
        : `${tag.name} ${age}, and its branch is gone.`;
    case "default-branch":
      return `${tag.name} is neither the head's nor among the ${rules.keepDefaultBranch} newest of the default branch.`;
    case "cache":
      return tag.pullRequest === undefined
        ? `${tag.name} ${age}, and its branch is gone.`
        : `${tag.name} ${age}, and pull request ${tag.pullRequest} is closed.`;
    case "referrer":
      return `${tag.name} belongs to ${short(tag.subject)}, which does not stay.`;
    case "elsewhere":
    case "contradiction":
    case "other":
      throw new Error(`${tag.name} was to go, but such tags always stay.`);
  }
}

function short(digest: string): string {
  return digest.slice(0, 19);
}
