/**
 * Text as one line that loses nothing: `%`, control characters and line breaks are percent-encoded (UTF-8), as is white
 * space at either end, which readers of lines trim; the rest stays as it is. A lone surrogate is no character and becomes U+FFFD. Inverse: decodeLine.
 */
export function encodeLine(text: string): string {
  return text.toWellFormed().replace(/[%\p{Cc}\p{Zl}\p{Zp}]|^\s|\s$/gu, (character) =>
    // encodeURIComponent leaves none of these alone.
    encodeURIComponent(character),
  );
}

/** Undoes encodeLine; text with a broken escape is returned as it is. */
export function decodeLine(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Prose as one line: control characters and runs of white space become one space. */
export function foldLines(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}
