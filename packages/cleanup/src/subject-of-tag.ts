import { formatReferrersTag, formatSignatureTags, parseCompanionTag } from "@longshore/tagging";

/**
 * The digest that a fallback tag is about: the list of referrers of a digest, or what cosign keeps beside it. A tag in the manner
 * of these that nobody here writes is unknown, and stays.
 */
export function subjectOfTag(tag: string): string | undefined {
  const subject = parseCompanionTag(tag)?.subject;
  return subject !== undefined && [formatReferrersTag(subject), ...formatSignatureTags(subject)].includes(tag)
    ? subject
    : undefined;
}
