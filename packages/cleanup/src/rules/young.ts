import { describeAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/**
 * C5: whatever was made or touched less than the grace ago may be part of a build that is still running. A part that is
 * pushed again keeps its day of birth and is only touched.
 */
export const keepYoung: RetentionRule = {
  name: "young",
  keep: ({ version }, { facts, rules }) => {
    const age = facts.now - Math.max(version.createdAt, version.updatedAt);
    if (age >= rules.untaggedGrace) return undefined;
    const word = version.updatedAt > version.createdAt ? "Last touched" : "Made";
    return `${word} ${describeAge(age)} ago; nothing goes within ${describeAge(rules.untaggedGrace)}.`;
  },
};
