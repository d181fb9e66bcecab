import { InputError, quote } from "@longshore/language";
import { defaultBranchSlug, isFeatureSlug } from "./branch-slug.ts";
import { readFixedTag } from "./fixed-tags.ts";
import type { Mutability, Tag, TagClass, TagContext } from "./tag.ts";

/** An OCI tag. Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const ociTag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const mutabilities: Readonly<Record<TagClass, Mutability>> = {
  "pull-request": "immutable",
  "merge-queue": "immutable",
  feature: "immutable",
  "default-branch": "immutable",
  commit: "immutable",
  branch: "moving",
  date: "moving",
  "date-time": "immutable",
  version: "immutable",
  "version-line": "moving",
  latest: "moving",
  tag: "immutable",
  extra: "moving",
  cache: "moving",
  unknown: "immutable",
};

/** Classes of the tags that a plan puts: all that an image can have but caches and what is not ours. */
export const plannedClasses: readonly TagClass[] = (Object.keys(mutabilities) as readonly TagClass[]).filter(
  (each) => each !== "cache" && each !== "unknown",
);

/** `unknown` tags count as immutable: nothing of ours ever moves them. */
export function mutabilityOf(tagClass: TagClass): Mutability {
  return mutabilities[tagClass];
}

/** Whether the clock of a build gave the tag its name: such a name is for an image that is made then, never for one of before. */
export function isOfClock({ class: tagClass }: { readonly class: TagClass }): boolean {
  return tagClass === "date" || tagClass === "date-time";
}

/** Whether a name is a tag a registry accepts. */
export function isOciTag(name: string): boolean {
  return ociTag.test(name);
}

/** Spells a tag. @throws InputError where the name would be no OCI tag, such as a version that is too long */
export function formatTag(tag: Tag, context: TagContext): string {
  const name = tag.class === "unknown" ? tag.name : `${formatBase(tag, context)}${tag.suffix}`;
  if (!isOciTag(name)) {
    throw new InputError(
      `Image tag ${quote(name)} is not possible: a tag has at most 128 letters, digits, dots, dashes and underscores and starts with neither dot nor dash.`,
    );
  }
  return name;
}

function formatBase(tag: Exclude<Tag, { class: "unknown" }>, context: TagContext): string {
  switch (tag.class) {
    case "pull-request":
      return `pr-${tag.number}-${tag.sha7}`;
    case "merge-queue":
      return `mq-${tag.number}-${tag.sha7}`;
    case "feature":
      return `${tag.slug}-${tag.sha7}`;
    case "default-branch":
      return `${defaultBranchSlug(context.defaultBranch, tag.suffix)}-${tag.sha7}`;
    case "commit":
      return `sha-${tag.sha}`;
    case "branch":
      return defaultBranchSlug(context.defaultBranch, tag.suffix);
    case "date":
      return tag.date;
    case "date-time":
      return `${tag.date}-${tag.time}`;
    case "version":
      return `${tag.prefixed ? "v" : ""}${tag.version.replace("+", "_")}`;
    case "version-line":
      return `${tag.prefixed ? "v" : ""}${tag.line}`;
    case "latest":
      return "latest";
    case "tag":
      return tag.slug;
    case "extra":
      return tag.name;
    case "cache":
      return `cache-${tag.platform}-${tag.scope}`;
  }
}

/**
 * Reads a tag. A name of slug form that no other class claims reads as `tag`, the class of git tags that are no
 * versions; anything else that is not ours is `unknown`. Never throws.
 */
export function parseTag(name: string, context: TagContext): Tag {
  if (!isOciTag(name)) return { class: "unknown", name };
  const suffixes = (context.suffixes ?? [])
    .filter((text) => text !== "")
    .map((text) => (text.startsWith("-") ? text : `-${text}`))
    .sort((left, right) => right.length - left.length);
  for (const suffix of suffixes) {
    if (!name.endsWith(suffix)) continue;
    const tag = readBase(name.slice(0, -suffix.length), context, suffix);
    if (tag !== undefined) return tag;
  }
  return readBase(name, context, "") ?? { class: "unknown", name };
}

function readBase(base: string, context: TagContext, suffix: string): Tag | undefined {
  const fixed = readFixedTag(base);
  if (fixed !== undefined) return { ...fixed, suffix } as Tag;
  const defaultSlug = defaultBranchSlug(context.defaultBranch, suffix);
  if (base === defaultSlug) return { class: "branch", suffix };
  const [, slug, sha7] = /^(.+)-([0-9a-f]{7})$/.exec(base) ?? [];
  if (slug !== undefined && sha7 !== undefined) {
    if (slug === defaultSlug) return { class: "default-branch", sha7, suffix };
    if (isFeatureSlug(slug, context.defaultBranch, suffix)) return { class: "feature", slug, sha7, suffix };
  }
  if (context.extraTags?.includes(base)) return { class: "extra", name: base, suffix };
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(base) ? { class: "tag", slug: base, suffix } : undefined;
}

/**
 * `cache-{platform slug}-{scope}`, such as `cache-linux-arm64-pr-12`; `scope` as in `plan.cache`, which always fits a
 * tag. A longer scope is the caller's to cut. @throws InputError where the tag could not be read back
 */
export function formatCacheTag(platformSlug: string, scope: string): string {
  const name = formatBase({ class: "cache", platform: platformSlug, scope, suffix: "" }, { defaultBranch: "" });
  const read = readFixedTag(name);
  if (read?.class === "cache" && read.platform === platformSlug) return name;
  throw new InputError(
    `Cache tag ${quote(name)} cannot be read back; give a platform such as linux-arm64 and a scope from the plan.`,
  );
}
