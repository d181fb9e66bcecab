import type { LatestOwner, PushMode } from "./plan-options.ts";

/** The `latest` input; empty is `auto`. @throws InputError */
export function parseLatest(_text: string): LatestOwner {
  throw new Error("to be written");
}
/** The `push` input; empty is `auto`. @throws InputError */
export function parsePush(_text: string): PushMode {
  throw new Error("to be written");
}
/** The `suffix` input: empty, or with its dash (`alpine` and `-alpine` are the same). @throws InputError */
export function parseSuffix(_text: string): string {
  throw new Error("to be written");
}
/** The `component` input. @throws InputError */
export function parseComponent(_text: string): string {
  throw new Error("to be written");
}
/** The `extra-tags` input: names separated by lines or commas, without duplicates. @throws InputError */
export function parseExtraTags(_text: string): readonly string[] {
  throw new Error("to be written");
}
