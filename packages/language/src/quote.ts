/** A value as an error message shows it: quoted, on one line, cut where it is long. */
export function quote(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…"` : text;
}
