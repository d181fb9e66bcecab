import * as core from "@actions/core";
import { showText } from "../../step/escape.ts";
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
