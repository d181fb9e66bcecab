import type { Mutability, Tag, TagClass, TagContext } from "./tag.ts";

/** Spells a tag. */
export function formatTag(_tag: Tag, _context: TagContext): string {
  throw new Error("to be written");
}
/** Reads a tag; anything that is not ours is `unknown`. Never throws. */
export function parseTag(_name: string, _context: TagContext): Tag {
  throw new Error("to be written");
}
/** `cache-{platform slug}-{scope}`; `scope` as in `plan.cache`, which includes the suffix. */
export function formatCacheTag(_platformSlug: string, _scope: string): string {
  throw new Error("to be written");
}
/** `unknown` tags count as immutable: nothing of ours ever moves them. */
export function mutabilityOf(_tagClass: TagClass): Mutability {
  throw new Error("to be written");
}
