import { InputError } from "@longshore/language";

/** A line of `build-args`. Another name than an identifier is no variable that a Dockerfile could use. */
const ARGUMENT = /^[A-Za-z_]\w*=/;
/** A line of any other list of pairs. */
const PAIR = /^[^=\s"'`#]+=/;
/** What stands before the `=` of either. */
const NAME = /^[^=\s"'`#]+$/;

/**
 * `key=value` lines, told apart at the first `=`; the value is the rest of the line as it is. Other tools take quotes, comments and
 * names alone for something, which would end here as an argument that nobody meant: each is refused with what to write.
 * Throws InputError that names input and line.
 */
export function parsePairs(input: string, lines: readonly string[], form: string): readonly string[] {
  const known = input === "build-args" ? ARGUMENT : PAIR;
  const bad = lines.find((line) => !known.test(line));
  if (bad === undefined) return lines;
  throw new InputError(`Input ${input} holds the line ${quote(bad)}: ${advise(bad, input, form)}.`);
}

function advise(line: string, input: string, form: string): string {
  const write = `write ${form}, one a line`;
  if (/^["'`]/.test(line)) return `write it without quotes, as ${form}, with a value of one line`;
  if (line.startsWith("#")) return `there are no comments, so leave the line out, or ${write}`;
  if (!line.includes("="))
    return `it gives no value, and none is taken from the environment or from the line before; ${write}`;
  return input === "build-args" ? `a name is letters, digits and _, not beginning with a digit; ${write}` : write;
}

/** Name and value of such a line. */
export function splitPair(line: string): { readonly name: string; readonly value: string } {
  const end = line.indexOf("=");
  return { name: line.slice(0, end), value: line.slice(end + 1) };
}

/**
 * The folder that a named build context is, relative to the working directory; undefined where it is an image, a stage or remote. Of
 * what buildx knows: https://docs.docker.com/reference/cli/docker/buildx/build/#build-context
 */
export function localContextOf(value: string): string | undefined {
  if (/^(?:docker-image:\/\/|target:|https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/.test(value)) return undefined;
  return value.replace(/^oci-layout:\/\/(.*?)(?:@sha256:[0-9a-f]+|:[\w.-]+)?$/, "$1");
}

/** Input `volatile`: names of build arguments and labels. Throws InputError. */
export function parseVolatile(names: readonly string[]): readonly string[] {
  const bad = names.find((name) => !NAME.test(name));
  if (bad === undefined) return names;
  throw new InputError(
    `Input volatile names ${quote(bad)}: give names of build arguments or labels, such as BUILD_NUMBER.`,
  );
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
