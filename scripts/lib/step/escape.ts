/**
 * Untrusted text (branch names, titles, answers of servers, output of builds) made harmless for where it is shown.
 *
 * The runner reads a line of stdout as a command when, after leading white space, it starts with `::`, and (the older
 * form) when it holds `##[` anywhere. A zero-width space is no white space to it, so one in the right place is enough
 * and leaves the text readable. `stop-commands` would also do, but silences our own warnings for as long as it lasts.
 */
const zeroWidthSpace = "\u200b";

// C0 and C1 controls, line and paragraph separators, and the marks that reorder text on screen (trojan source).
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function showCodePoint(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One line of text: controls, line breaks and bidirectional marks become visible escapes such as `\n`, `\u{202e}`. */
export function showText(text: string): string {
  return text.replace(unprintable, showCodePoint);
}

/** A value quoted in a message: one line, at most `limit` characters, in double quotes. */
export function quoteValue(value: string, limit = 100): string {
  const characters = [...showText(value)];
  return `"${characters.length > limit ? `${characters.slice(0, limit).join("")}…` : characters.join("")}"`;
}

/** A line that no runner takes for a workflow command. Tabs stay; other controls are shown. */
export function neutraliseLine(line: string): string {
  const shown = line.replace(unprintable, (character) => (character === "\t" ? "\t" : showCodePoint(character)));
  const broken = shown.replaceAll("##[", `#${zeroWidthSpace}#[`);
  return /^\s*::/u.test(broken) ? `${zeroWidthSpace}${broken}` : broken;
}

/** Text for Markdown (GitHub's flavour), in a table cell or a sentence: shown literally, nothing is formatted, linked or mentioned. */
export function escapeMarkdown(text: string): string {
  // Dashes, plus signs and colons mean something in some places only; elsewhere they stay, so that summaries read well as text too.
  return showText(text).replace(/[&<>\\`*_[\]#|~$@]|^[-+=]|:(?=\/\/|[\w+-]+:)|(?<=www)\./giu, asEntity);
}

function asEntity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** Text as inline code in Markdown, safe in a table cell too: backticks, and HTML where they cannot hold it. */
export function codeText(text: string): string {
  return /^[\w./:@+=,%()-][\w./:@+=,%() -]*$/u.test(text) ? `\`${text}\`` : `<code>${escapeMarkdown(text)}</code>`;
}

/** A Markdown link with literal text. Anything but an absolute http(s) URL gives the text alone. */
export function linkText(text: string, url: string): string {
  if (!/^https?:\/\/[^\s]+$/u.test(url) || !URL.canParse(url)) return escapeMarkdown(text);
  const target = new URL(url).href.replace(/[()<>|`"'\\[\]]/gu, (character) => encodeCharacter(character));
  return `[${escapeMarkdown(text)}](${target})`;
}

function encodeCharacter(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0").toUpperCase()}`;
}
