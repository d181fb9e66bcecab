import slugify from "slugify";

// A locale that slugify has no table for: transliteration never depends on a machine or a language.
const options = { lower: true, strict: true, locale: "en" } as const;

/**
 * Lower-case letters, digits and single dashes, at most `maxLength` long, no dash at either end; empty when nothing
 * is left. Everything that is no letter or digit separates words, and so does a letter slugify cannot transliterate:
 * slugify alone would drop both and let `a/b`, `a_b` and `ab` collide.
 */
export function slugifyName(text: string, maxLength: number): string {
  const words = Array.from(text.normalize("NFC"), (character) => {
    if (/\p{M}/u.test(character)) return "";
    if (!/[\p{L}\p{N}]/u.test(character)) return " ";
    return slugify(character, options) || " ";
  });
  return cutSlug(slugify(words.join(""), options), maxLength);
}

/** Cuts a slug and trims the dash a cut may leave behind. */
export function cutSlug(slug: string, maxLength: number): string {
  return slug.slice(0, Math.max(0, maxLength)).replace(/(?<!-)-+$/, "");
}
