/** Makes the content of one kind of block from the words after its name; undefined when there is no such thing. */
export type BlockWriter = (argument: string) => string | undefined;

const block = /^<!-- generated: ([a-z-]+)(?: ([\w./-]+))? -->$[\s\S]*?^<!-- end -->$/gm;

/**
 * A Markdown text with every block written anew:
 *
 *     <!-- generated: inputs build-image -->
 *     …
 *     <!-- end -->
 *
 * Throws on a block that no writer knows.
 */
export function writeBlocks(text: string, writers: Readonly<Record<string, BlockWriter>>): string {
  return text.replace(block, (_whole, kind: string, argument = "") => {
    const content = writers[kind]?.(argument);
    if (content === undefined) throw new Error(`There is nothing to generate for "${kind} ${argument}".`);
    const words = argument === "" ? kind : `${kind} ${argument}`;
    return `<!-- generated: ${words} -->\n${content}\n<!-- end -->`;
  });
}

/** Arguments of the blocks of one kind, in order. */
export function blockArguments(text: string, kind: string): readonly string[] {
  return [...text.matchAll(block)].filter((match) => match[1] === kind).map((match) => match[2] ?? "");
}
