import type { ReadFile } from "../../../tools/workflows/workflow-files.ts";
import type { Workflow } from "../../../tools/workflows/workflow-model.ts";

/** One promise our workflows keep. Answers what breaks it, one sentence each; nothing when it is kept. */
export type Rule = (workflow: Workflow, read: ReadFile) => readonly string[];
