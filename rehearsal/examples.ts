import { readFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "examples");

/** A caller from `examples/`, with some of its text replaced; each text must be there, so that no change goes unnoticed. */
export async function callerFromExample(
  name: string,
  replacements: readonly (readonly [string, string])[],
): Promise<string> {
  let text = await readFile(join(folder, name), "utf8");
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`examples/${name} has no \`${from}\` any more: adapt the story.`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** The `owner/name` under which the examples call this repository. */
export async function libraryName(): Promise<string> {
  const [, name] =
    /uses: ([\w.-]+\/[\w.-]+)\/\.github\/workflows\//.exec(await readFile(join(folder, "one-image.yml"), "utf8")) ?? [];
  if (name === undefined) throw new Error("examples/one-image.yml calls no workflow of this repository.");
  return name;
}
