import { codeText, escapeMarkdown } from "../lib/step/escape.ts";
import type { FoundImage } from "./found-image.ts";

/** Every output of action.yml, by its name. */
export function listOutputs(image: FoundImage): Readonly<Record<string, string>> {
  const { reference, digest, tag, revision, platforms, source } = image;
  return { reference, digest, tag, revision, platforms: platforms.join(","), source };
}

/** One line for the job summary. */
export function summariseFound({ reference, tag, revision, platforms, source }: FoundImage): string {
  const where = source === "archive" ? "loaded from an archive" : `by its tag ${codeText(tag)}`;
  return `Found ${codeText(reference)} ${where}: commit ${codeText(revision)}, ${escapeMarkdown(platforms.join(", "))}.\n`;
}
