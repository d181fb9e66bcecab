import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readText
} from "./chunk-actions-core-summary.js";
import {
  quoteValue
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/step/workflow-input.ts
function readWorkflowInput() {
  const workflow = readText("workflow", "longshore-ci/longshore/.github/workflows/sign-image.yml");
  if (/^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/u.test(workflow)) return workflow;
  throw new InputError(
    `Input \`workflow\` is ${quoteValue(workflow, 200)}: write \`owner/repository/.github/workflows/file.yml\`.`
  );
}

export {
  readWorkflowInput
};
