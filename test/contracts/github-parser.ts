import { FeatureFlags } from "@actions/expressions";
import { validate } from "@actions/languageservice";
import { clearCache } from "@actions/languageservice/utils/workflow-cache";
import { convertWorkflowTemplate, NoOperationTraceWriter } from "@actions/workflow-parser";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import type { FileProvider } from "@actions/workflow-parser/workflows/file-provider";
import { parseWorkflow } from "@actions/workflow-parser/workflows/workflow-parser";
import { getWorkflowSchema } from "@actions/workflow-parser/workflows/workflow-schema";
import { isSelfReference, selfPath } from "../../tools/workflows/references.ts";
import { type ReadFile, readFromRoot } from "../../tools/workflows/workflow-files.ts";

const featureFlags = new FeatureFlags({ all: true });

/** The parser does not know `cache-mode` yet (GitHub has it since 2026-09-10): its line is blanked, so that line numbers stay. */
function withoutCacheMode(text: string): string {
  return text.replace(/^ +cache-mode: (read|write|write-only|none)$/gm, "");
}

/** Serves `$/…`, `./…` and our own released workflows from this repository; anything else does not exist. */
function fileProvider(read: ReadFile): FileProvider {
  return {
    getFileContent: async (reference) => {
      const uses =
        "repository" in reference
          ? `${reference.owner}/${reference.repository}/${reference.path}@${reference.version}`
          : `$/${reference.path}`;
      const path = isSelfReference(uses) ? selfPath(uses) : undefined;
      if (path === undefined) throw new Error(`${uses} is not of this repository`);
      return { name: path, content: withoutCacheMode(read(path)) };
    },
  };
}

/** What GitHub's own workflow parser says against a workflow, with the workflows it calls. Empty when nothing. */
export async function parserProblems(
  path: string,
  text: string,
  read: ReadFile = readFromRoot,
): Promise<readonly string[]> {
  const context = new TemplateContext(
    new TemplateValidationErrors(),
    getWorkflowSchema(),
    new NoOperationTraceWriter(),
  );
  context.state.featureFlags = featureFlags;
  const parsed = parseWorkflow({ name: path, content: withoutCacheMode(text) }, context);
  if (parsed.value !== undefined) {
    await convertWorkflowTemplate(context, parsed.value, fileProvider(read), {
      fetchReusableWorkflowDepth: 1,
      featureFlags,
    });
  }
  return context.errors.getErrors().map((error) => error.message);
}

/** What GitHub's language service (the editor's checker) says against a workflow. Empty when nothing. */
export async function languageServiceProblems(
  path: string,
  text: string,
  read: ReadFile = readFromRoot,
): Promise<readonly string[]> {
  clearCache();
  const content = withoutCacheMode(text);
  const document = {
    // The service tells workflows from actions by their path; examples are copied to this folder.
    uri: `file:///.github/workflows/${path.split("/").at(-1)}`,
    languageId: "yaml",
    version: 1,
    lineCount: content.split("\n").length,
    getText: () => content,
    positionAt: () => ({ line: 0, character: 0 }),
    offsetAt: () => 0,
    getLineRange: () => ({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
    getEOLCharacters: () => "\n",
  };
  const diagnostics = await validate(document, { fileProvider: fileProvider(read), featureFlags });
  return diagnostics.map(({ range, message }) => `${path}:${range.start.line + 1}: ${message}`);
}
