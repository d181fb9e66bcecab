import { InputError } from "@longshore/language";
import { quoteValue } from "./escape.ts";
import { readText } from "./inputs.ts";

/** Input `workflow`, the file that signs and attests: `owner/repository/.github/workflows/file.yml`. Throws InputError. */
export function readWorkflowInput(): string {
  const workflow = readText("workflow", "longshore-ci/longshore/.github/workflows/sign-image.yml");
  if (/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/u.test(workflow)) return workflow;
  throw new InputError(
    `Input \`workflow\` is ${quoteValue(workflow, 200)}: write \`owner/repository/.github/workflows/file.yml\`.`,
  );
}
