/** An output that the runner would drop, and the input whose secret it holds. */
export interface HiddenOutput {
  readonly output: string;
  readonly input: string;
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
    const masked = [...new Set(texts.flatMap((text) => text.split(/\r?\n/).flatMap((line) => spellings(line.trim()))))];
    for (const [output, value] of Object.entries(outputs)) {
      if (masked.some((line) => value.includes(line))) return { output, input };
    }
  }
  return undefined;
}

function spellings(line: string): readonly string[] {
  if (line === "") return [];
  const inner = line.length > 8 && line.startsWith('"') && line.endsWith('"') ? [line.slice(1, -1)] : [];
  return [line, ...inner, JSON.stringify(line).slice(1, -1)];
}

/** One sentence, which names the input and never its value. */
export function explainHiddenOutput({ output, input }: HiddenOutput): string {
  return `Input \`${input}\` has a line that output \`${output}\` holds too, and GitHub drops each output that holds a line of a secret, so no later job would get it: give the secret without lines as short as \`{\`, \`}\` or \`"\`, in one line or in base64 (of a Google key, the user \`_json_key_base64\`).`;
}
