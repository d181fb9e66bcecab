import { InputError } from "@longshore/language";

/**
 * Splits text into commands, one a line, and each into its words, as a POSIX shell does: white space parts words, `'…'` and `"…"`
 * hold them together (a line break too), a backslash takes the next character as it is. Nothing is expanded: no variables, no patterns,
 * no pipes. Throws InputError, one sentence with `what`, for a quote that does not end and for a comment, which no program is to get as words.
 */
export function parseCommandLines(text: string, what: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let quote = "";
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const characters = [...text.replaceAll("\r\n", "\n")];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    const next = characters[at + 1];
    if (character === "\\" && quote !== "'" && next !== undefined) {
      // Between double quotes a backslash means something before these only.
      const taken = quote === "" || '"\\$`\n'.includes(next);
      if (taken) at += 1;
      if (next !== "\n" || !taken) word = `${word ?? ""}${taken ? next : character}`;
    } else if (quote !== "") {
      if (character === quote) quote = "";
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (character === "#" && word === undefined) {
      throw new InputError(`${what} holds a comment: leave it out, or put the word that begins with # in quotes.`);
    } else if (character === "\n") endCommand();
    else if (/\s/.test(character)) endWord();
    else word = `${word ?? ""}${character}`;
  }
  if (quote !== "") throw new InputError(`${what} opens a ${quote} that does not end: close it.`);
  endCommand();
  return commands;
}

/** A command as one types it into a shell: what is not plain stands between single quotes. */
export function formatCommandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
