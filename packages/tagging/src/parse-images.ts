import { defaultImage, normaliseImage } from "@longshore/language";

/**
 * The `image` input: repositories separated by lines or commas, without duplicates; the default where it is empty.
 * @throws InputError
 */
export function parseImages(text: string, repository: string): readonly string[] {
  const names = text.split(/[\n\r,]/).filter((name) => name.trim() !== "");
  return names.length === 0 ? [defaultImage(repository)] : [...new Set(names.map(normaliseImage))];
}
