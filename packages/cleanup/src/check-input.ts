import { InputError } from "@longshore/language";
import { parseSuffix } from "@longshore/tagging";
import type { PackageVersion } from "./package-version.ts";
import type { PruneFacts, PruneRules } from "./prune-input.ts";

/** @throws InputError where rules or facts are not what a plan could be trusted to: nothing is ever "no limit" by accident */
export function checkRules(rules: PruneRules, facts: PruneFacts): void {
  const durations = [
    ["pull-request-max-age", rules.pullRequestMaxAge],
    ["feature-max-age", rules.featureMaxAge],
    ["untagged-grace", rules.untaggedGrace],
  ] as const;
  for (const [input, value] of durations) {
    if (!Number.isFinite(value) || value < 0) {
      throw new InputError(`Rule ${input} is ${value}; give a duration such as 24h or 7d, or nothing is removed.`);
    }
  }
  const counts = [
    ["minimum-kept", rules.minimumKept, 0],
    ["keep-default-branch", rules.keepDefaultBranch ?? 0, 0],
    ["pull-request", rules.pullRequest ?? 1, 1],
  ] as const;
  for (const [input, value, least] of counts) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new InputError(`Rule ${input} is ${value}; give a whole number from ${least}, or nothing is removed.`);
    }
  }
  if (typeof rules.trustTagNames !== "boolean") {
    throw new InputError("Rule trust-tag-names is neither true nor false; give one of them, or nothing is removed.");
  }
  for (const suffix of rules.suffixes ?? []) parseSuffix(suffix);
  if (!Number.isFinite(facts.now)) throw new InputError(`The time is ${facts.now}, so no version's age is known.`);
  if (facts.defaultBranch === "") {
    throw new InputError("The default branch is not known, so its images cannot be told from a feature branch's.");
  }
}

/** @throws InputError where the listing contradicts itself */
export function checkVersions(versions: readonly PackageVersion[]): void {
  const ids = new Set<number>();
  const digests = new Set<string>();
  const tags = new Map<string, number>();
  for (const version of versions) {
    const { id, digest } = version;
    if (!Number.isFinite(version.createdAt) || !Number.isFinite(version.updatedAt)) {
      throw new InputError(`Version ${id} has no time of creation; list the versions again.`);
    }
    if (ids.has(id) || digests.has(digest)) {
      throw new InputError(`Version ${id} (${digest}) is listed twice; list the versions again.`);
    }
    ids.add(id);
    digests.add(digest);
    for (const tag of version.tags) {
      const holder = tags.get(tag);
      if (holder !== undefined && holder !== id) {
        throw new InputError(`Tag ${tag} is on the versions ${holder} and ${id}; list the versions again.`);
      }
      tags.set(tag, id);
    }
  }
}
