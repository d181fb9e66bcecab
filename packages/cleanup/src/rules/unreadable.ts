import type { RetentionRule } from "./retention-rule.ts";

/** C4: what could not be read may hold anything. One that is gone from the registry holds nothing and needs another reason. */
export const keepUnreadable: RetentionRule = {
  name: "unreadable",
  keep: ({ opaque, isMissing }) =>
    opaque === undefined || isMissing ? undefined : `What it holds is not known: ${opaque}.`,
};
