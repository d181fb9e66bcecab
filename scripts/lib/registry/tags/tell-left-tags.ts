import * as core from "@actions/core";
import { showText } from "../../step/escape.ts";
import type { HeldTag } from "./free-tags.ts";
import type { TagOutcome } from "./tag-outcome.ts";

/**
 * Says each tag that was asked for and not put: a warning with the reason and what to do, once for the tags that share it; a notice
 * where a newer image has it, which is nobody's fault.
 */
export function tellLeftTags(tags: readonly TagOutcome[]): void {
  const byReason = new Map<string, readonly TagOutcome[]>();
  for (const tag of tags) {
    if (tag.outcome === "left") byReason.set(tag.reason, [...(byReason.get(tag.reason) ?? []), tag]);
  }
  for (const [reason, left] of byReason) {
    const names = left.map(({ image, name }) => `${image}:${name}`).join(", ");
    const sentence = showText(`Not put: ${names} ${reason}.`);
    if (left.every(({ newer }) => newer === true)) core.notice(sentence);
    else core.warning(sentence);
  }
}

/** Says each tag that the plan left for another image, in every repository of the plan, once for the tags that share the reason. */
export function tellHeldTags(notMoved: readonly HeldTag[], images: readonly string[]): void {
  for (const [told, tell] of [
    ["notice", core.notice],
    ["warning", core.warning],
  ] as const) {
    const held = notMoved.filter((tag) => tag.told === told);
    for (const reason of new Set(held.map((tag) => tag.reason))) {
      const names = held.filter((tag) => tag.reason === reason).map(({ name }) => name);
      const references = images.flatMap((image) => names.map((name) => `${image}:${name}`)).join(", ");
      tell(showText(`Not moved: ${references}, as ${reason}.`));
    }
  }
}
