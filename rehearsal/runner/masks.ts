/** The secrets of one job. Whatever is printed or kept goes through `hide`. */
export interface Masks {
  /** Each line of a secret of several lines is one. */
  add(secret: string): void;
  hide(text: string): string;
  isIn(text: string): boolean;
}

/**
 * As the runner masks: each line, without the white space around it and however short it is, and what becomes of it where it is written
 * in another form (https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
export function startMasks(secrets: readonly string[]): Masks {
  const known = new Set<string>();
  const masks: Masks = {
    add(secret) {
      for (const line of [secret, ...secret.split(/\r?\n/)].map((each) => each.trim())) {
        if (line === "") continue;
        known.add(line);
        for (const encode of encoders) if (encode(line) !== "") known.add(encode(line));
      }
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

/** Base64 of the line, and of where it stands at the second or third byte of a group: what does not depend on its neighbours. */
const base64From =
  (skipped: number) =>
  (line: string): string => {
    const bytes = Buffer.from(line).subarray(skipped);
    return bytes.length < 3 ? "" : bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
  };

const encoders: readonly ((line: string) => string)[] = [
  (line) => Buffer.from(line).toString("base64"),
  base64From(1),
  base64From(2),
  (line) => JSON.stringify(line).slice(1, -1),
  (line) => encodeURIComponent(line),
  (line) => line.replace(/[<>&"']/g, (character) => xmlEntities[character] ?? character),
  (line) => line.replaceAll('"', '\\"'),
  (line) => line.replaceAll("'", "''"),
  (line) => (/^".+"$/.test(line) ? line.slice(1, -1) : ""),
];

const xmlEntities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};
