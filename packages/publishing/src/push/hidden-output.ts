/** An output that the runner would drop, and the input whose secret it holds. */
export interface HiddenOutput {
  readonly output: string;
  readonly input: string;
  /** The line, a part of the secret: not to be shown. */
  readonly line: string;
}

/**
 * The first output that holds a line of a secret. The runner masks each trimmed line of a secret, however short, in the spellings of its
 * encoders, and leaves out every job output in which it would mask something: a JSON key has lines that are `{` and `}`, and with them no
 * JSON ever reaches the next job (https://github.com/actions/runner: SecretMasker, ValueEncoders, JobExtension).
 * @param secrets input → texts; more than one where parts of it are masked too
 */
export function findHiddenOutput(
  outputs: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, readonly string[]>>,
): HiddenOutput | undefined {
  for (const [input, texts] of Object.entries(secrets)) {
    const lines = [...new Set(texts.flatMap((text) => text.split(/\r?\n/).map((line) => line.trim())))];
    for (const [output, value] of Object.entries(outputs)) {
      const line = lines.find((each) => spellings(each).some((spelling) => value.includes(spelling)));
      if (line !== undefined) return { output, input, line };
    }
  }
  return undefined;
}

function spellings(line: string): readonly string[] {
  if (line === "") return [];
  const inner = line.length > 8 && line.startsWith('"') && line.endsWith('"') ? [line.slice(1, -1)] : [];
  return [line, ...inner, JSON.stringify(line).slice(1, -1)];
}

/** Brackets and quotes of JSON, which tell nothing of a secret. The runner shows them as `***`, so they are told in words as well. */
const syntax = /^[[\]{}",:]{1,3}$/u;

/** One sentence, which names the input and what is in the way, and never its value. */
export function explainHiddenOutput({ output, input, line }: HiddenOutput): string {
  const [what, remedy] = syntax.test(line)
    ? [
        `a line of brackets or quotes alone (\`${line}\`) that output \`${output}\` holds too`,
        "give the secret in one line or in base64 (of a Google key, the user `_json_key_base64`)",
      ]
    : [
        `a line of ${line.length} ${line.length === 1 ? "character" : "characters"} that output \`${output}\` holds too`,
        "give each secret as one line that is found nowhere else, such as in base64, and what is no secret in another way",
      ];
  return `Input \`${input}\` has ${what}, and GitHub drops each output that holds a line of a secret, so no later job would get it: ${remedy}.`;
}
