import { MappingDefinition } from "@actions/workflow-parser/templates/schema/mapping-definition";
import { PropertyDefinition } from "@actions/workflow-parser/templates/schema/property-definition";
import type { TemplateSchema } from "@actions/workflow-parser/templates/schema/template-schema";
import { StringToken } from "@actions/workflow-parser/templates/tokens/index";
import { getWorkflowSchema } from "@actions/workflow-parser/workflows/workflow-schema";

/** GitHub's schema of workflow files, with `cache-mode`, which its parser does not know yet. */
export function workflowSchema(): TemplateSchema {
  const schema = getWorkflowSchema();
  for (const name of ["workflow-root", "workflow-root-strict", "job-factory", "workflow-job"]) {
    const definition = schema.definitions[name];
    if (!(definition instanceof MappingDefinition)) continue;
    definition.properties["cache-mode"] ??= new PropertyDefinition(
      new StringToken(undefined, undefined, "non-empty-string", undefined),
    );
  }
  return schema;
}
