/** Lower-case letters, digits and single dashes, at most `maxLength` long; empty when nothing is left. */
export function slugifyName(_text: string, _maxLength: number): string {
  throw new Error("to be written");
}
