import { InputError } from "@longshore/tagging";

/** `key=value` lines, told apart at the first `=`. Throws InputError that names input and line. */
export function parsePairs(input: string, lines: readonly string[], form: string): readonly string[] {
  const bad = lines.find((line) => !/^[^=\s]+=/.test(line));
  if (bad === undefined) return lines;
  throw new InputError(`Input ${input} holds the line ${quote(bad)}: write ${form}, one a line.`);
}

export interface BuildSecret {
  readonly id: string;
  readonly value: string;
}

/**
 * `id=value`, one a line. A value of more than one line is put in double quotes together with its id, where `""` stands for
 * `"`: `"key=-----BEGIN…⏎…"`, as docker/build-push-action has it. Errors never show a value.
 */
export function parseSecrets(text: string): readonly BuildSecret[] {
  const entries = text.matchAll(/[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?:\n|$)|([^\n]+)(?:\n|$)/g);
  const secrets = [...entries]
    .map(([, quoted, plain]) => (quoted === undefined ? (plain ?? "").trim() : quoted.replaceAll('""', '"')))
    .filter((entry) => entry !== "")
    .map(parseSecret);
  const twice = secrets.find(({ id }, index) => secrets.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new InputError(`Input secrets gives the id ${twice.id} twice: give each secret once.`);
  return secrets;
}

function parseSecret(entry: string, index: number): BuildSecret {
  const end = entry.indexOf("=");
  const id = entry.slice(0, Math.max(end, 0));
  if (!/^[A-Za-z0-9_.-]+$/.test(id)) {
    throw new InputError(
      `Input secrets: entry ${index + 1} is not of the form id=value, where the id is letters, digits, dot, dash and underscore.`,
    );
  }
  return { id, value: entry.slice(end + 1) };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
