/** The secrets of one job. Whatever is printed or kept goes through `hide`. */
export interface Masks {
  /** Each line of a secret of several lines is one. */
  add(secret: string): void;
  hide(text: string): string;
  isIn(text: string): boolean;
}

export function startMasks(secrets: readonly string[]): Masks {
  const known = new Set<string>();
  const masks: Masks = {
    add(secret) {
      for (const line of secret.split(/\r?\n/)) if (line.trim() !== "") known.add(line);
    },
    hide(text) {
      // The longest first: one secret may be part of another.
      const longestFirst = [...known].sort((one, other) => other.length - one.length);
      return longestFirst.reduce((hidden, secret) => hidden.replaceAll(secret, "***"), text);
    },
    isIn: (text) => [...known].some((secret) => text.includes(secret)),
  };
  for (const secret of secrets) masks.add(secret);
  return masks;
}
