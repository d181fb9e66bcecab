import type { BuildFacts, NoFacts } from "./build-facts.ts";
import type { LeftTag, PlannedTag } from "./image-plan.ts";
import { foldLines } from "./one-line.ts";
import type { PlanOptions } from "./plan-options.ts";
import type { Proposal } from "./rules/tag-rule.ts";
import { tagRules } from "./rules/tag-rules.ts";
import { formatTag, mutabilityOf } from "./tag-grammar.ts";

/** The tags of a build in the order they are put, immutable ones first, and those that stay where they are. */
export interface TagPlan {
  readonly tags: readonly PlannedTag[];
  readonly notMoved: readonly LeftTag[];
}

/** Asks every rule; a name two rules give counts once. @throws InputError */
export function planTags(facts: Exclude<BuildFacts, NoFacts>, options: PlanOptions, suffix: string): TagPlan {
  const sha7 = facts.revision.slice(0, 7);
  const context = { defaultBranch: facts.repository.defaultBranch, extraTags: options.extraTags };
  const tags = new Map<string, PlannedTag>();
  const notMoved = new Map<string, LeftTag>();
  for (const proposal of tagRules.flatMap((rule) => rule({ facts, options, suffix, sha7 }))) {
    const name = formatTag(proposal.tag, context);
    const reason = foldLines(proposal.reason);
    if (proposal.outcome === "stay") notMoved.set(name, { name, reason, ...higherOf(proposal) });
    else if (!tags.has(name)) tags.set(name, { name, ...classOf(proposal), reason, ...ruleOf(proposal) });
  }
  return {
    tags: [
      ...[...tags.values()].filter(({ mutability }) => mutability === "immutable"),
      ...[...tags.values()].filter(({ mutability }) => mutability === "moving"),
    ],
    notMoved: [...notMoved.values()],
  };
}

function classOf({ tag }: Proposal): Pick<PlannedTag, "class" | "mutability"> {
  return { class: tag.class, mutability: mutabilityOf(tag.class) };
}

function higherOf({ higher }: Extract<Proposal, { outcome: "stay" }>): Pick<LeftTag, "higher" | "mutability"> {
  return higher === undefined ? {} : { higher, mutability: "moving" };
}

function ruleOf(proposal: Proposal): Pick<PlannedTag, "rule"> {
  return proposal.outcome === "move" ? { rule: proposal.rule } : {};
}
