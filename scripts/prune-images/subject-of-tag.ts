/**
 * The digest that a fallback tag is about: `sha256-<64 digits>`, with a suffix such as `.sig` where cosign made it
 * (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema).
 */
export function subjectOfTag(tag: string): string | undefined {
  return /^sha256-[0-9a-f]{64}(?![0-9a-f])/u.test(tag) ? `sha256:${tag.slice(7, 71)}` : undefined;
}
