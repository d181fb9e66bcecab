import { describeAge } from "../describe-age.ts";
import type { RetentionRule } from "./retention-rule.ts";

/**
 * C5: what nothing names may be part of a build that is still running: platforms are pushed by digest before their index, and
 * a part that is pushed again keeps its day of birth and is only touched. What something names goes and stays with that.
 */
export const keepYoung: RetentionRule = {
  name: "young",
  keep: ({ version, age, mayAwaitName, isPart }, { rules }) => {
    if (!mayAwaitName || age >= rules.untaggedGrace) return undefined;
    const word = version.updatedAt > version.createdAt ? "Last touched" : "Made";
    const what = isPart ? "since the newest image that holds it, so a build may need it" : "and nothing names it";
    return `${word} ${describeAge(age)} ago, ${what}; that stays for ${describeAge(rules.untaggedGrace)}.`;
  },
};
