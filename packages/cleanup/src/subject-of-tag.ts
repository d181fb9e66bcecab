import { parseCompanionTag } from "@longshore/tagging";

/**
 * The digest that a fallback tag is about: `sha256-<64 digits>`, with `.sig`, `.att` or `.sbom` where cosign made it
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
 */
export function subjectOfTag(tag: string): string | undefined {
  return parseCompanionTag(tag)?.subject;
}
