import { fillTemplate, InputError, type JsonRecord, parseTemplate, recordOf, textOf } from "@longshore/language";
import { checkNode } from "./check-node.ts";
import { type Description, imageShape } from "./keys/index.ts";
import { nodeOf, type Problem } from "./node.ts";
import { readValue } from "./read-value.ts";

/** Reads `description` of a plan, as describeImages wrote it. @throws InputError that names the key */
export function readDescription(written: unknown): Description {
  const problems: Problem[] = [];
  const node = checkNode(imageShape, nodeOf(written, "plan"), "", problems);
  const [problem] = problems;
  if (problem !== undefined || node === undefined) {
    throw new InputError(
      `plan has no whole description (${problem?.sentence ?? "it is empty."}) Give the plan output of plan-image as it is.`,
    );
  }
  return readValue(imageShape, node);
}

/**
 * A description as it is written, with what the event knows in its arguments and labels. An entry whose placeholder the
 * event does not have is left out: a Dockerfile's own default then holds.
 */
export function fillDescription(written: unknown, values: Readonly<Record<string, string>>): unknown {
  const build = recordOf(recordOf(written).build);
  const fill = (entries: unknown): JsonRecord =>
    Object.fromEntries(
      Object.entries(recordOf(entries)).flatMap(([name, text]) => {
        const template = parseTemplate(textOf(text));
        const filled = typeof template === "string" ? textOf(text) : fillTemplate(template, values);
        return filled === undefined ? [] : [[name, filled]];
      }),
    );
  return { ...recordOf(written), build: { ...build, args: fill(build.args), labels: fill(build.labels) } };
}
