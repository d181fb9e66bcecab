import type { BuildFacts, NoFacts } from "../build-facts.ts";
import type { MoveRule } from "../image-plan.ts";
import type { PlanOptions } from "../plan-options.ts";
import type { Tag } from "../tag.ts";

/** What a rule decides from. */
export interface RuleInput<Facts = Exclude<BuildFacts, NoFacts>> {
  readonly facts: Facts;
  readonly options: PlanOptions;
  /** Empty, or with its dash */
  readonly suffix: string;
  /** First seven digits of the revision */
  readonly sha7: string;
}

/** One tag and what becomes of it; the reason is a clause a stranger understands. */
export type Proposal =
  | { readonly outcome: "put"; readonly tag: Tag; readonly reason: string }
  | { readonly outcome: "move"; readonly tag: Tag; readonly reason: string; readonly rule: MoveRule }
  | { readonly outcome: "stay"; readonly tag: Tag; readonly reason: string; readonly higher?: readonly string[] };

/** Adds the tags of one kind of build; an empty list for every other kind. */
export type TagRule = (input: RuleInput) => readonly Proposal[];

/** An immutable tag is put once. */
export const put = (tag: Tag, reason: string): Proposal => ({ outcome: "put", tag, reason });

/** A moving tag comes to this image, if the holder it has by then allows it. */
export const move = (tag: Tag, rule: MoveRule, reason: string): Proposal => ({ outcome: "move", tag, rule, reason });

/** A moving tag this kind of build owns stays where it is. */
export const stay = (tag: Tag, reason: string): Proposal => ({ outcome: "stay", tag, reason });

/** A moving tag stays because of higher versions, the highest first: one that has an image must be among them. */
export const stayBelow = (tag: Tag, higher: readonly string[]): Proposal => ({
  outcome: "stay",
  tag,
  reason: `${higher[0]} is higher`,
  higher,
});
