import type { RetentionRule } from "./retention-rule.ts";

/**
 * C4: a signature, SBOM or fallback index may be about an image of another package: cosign can keep signatures in one of their
 * own (COSIGN_REPOSITORY). Only where its subject is known to have been here and to be deleted, it has outlived it. What is
 * part of an index goes with that.
 */
export const keepForeignReferrer: RetentionRule = {
  name: "foreign-referrer",
  keep: ({ tags, isPart, lostSubjects }, { facts }) => {
    if (isPart && tags.length === 0) return undefined;
    const subject = lostSubjects.find((digest) => !facts.deleted?.has(digest));
    return subject && `Belongs to ${subject.slice(0, 19)}, which is not known to have been in this package.`;
  },
};
