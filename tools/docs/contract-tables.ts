import { permissionUnion } from "../workflows/permission-union.ts";
import { publishedAs } from "../workflows/references.ts";
import { examplePaths, productPaths, readFromRoot, stepNames } from "../workflows/workflow-files.ts";
import { jobsOf, readAction, readWorkflow, stepsOf, type Workflow } from "../workflows/workflow-model.ts";
import type { BlockWriter } from "./generated-blocks.ts";

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))];
  return lines.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A default as the caller would write it; nothing for the empty text. */
function shownDefault(value: unknown): string {
  return value === undefined || value === "" ? "" : `\`${String(value)}\``;
}

function product(name: string): Workflow | undefined {
  const path = `.github/workflows/${name}.yml`;
  return productPaths.includes(path) ? readWorkflow(path, readFromRoot(path)) : undefined;
}

/** Every reason the jobs of a workflow give for a scope, as their comments say it, each once. */
function reasonsFor(workflow: Workflow, scope: string): string {
  const lines = workflow.text.matchAll(new RegExp(`^ +${scope}: \\w+ # (.+)$`, "gm"));
  return [...new Set([...lines].map((match) => match[1] ?? ""))].join("; ");
}

/** The comment a file begins with, without its mark and the word for its kind. */
function headComment(text: string): string {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/, ""))
    .join(" ")
    .replace(/^PRODUCT\. /, "");
}

function workflowTables(name: string): string | undefined {
  const workflow = product(name);
  if (workflow === undefined) return undefined;
  const { inputs = {}, secrets = {}, outputs = {} } = workflow.on.workflow_call ?? {};
  const permissions = Object.entries(permissionUnion(workflow, readFromRoot));
  return [
    "",
    headComment(workflow.text),
    "",
    table(
      ["the caller grants", "for"],
      permissions.map(([scope, level]) => [`\`${scope}: ${level}\``, reasonsFor(workflow, scope)]),
    ),
    "",
    table(
      ["input", "type", "default", "what it is"],
      Object.entries(inputs).map(([input, { type, required, default: value, description }]) => [
        `\`${input}\``,
        type ?? "",
        required ? "required" : shownDefault(value),
        description ?? "",
      ]),
    ),
    "",
    table(
      ["secret", "what it is"],
      Object.entries(secrets).map(([secret, { description }]) => [`\`${secret}\``, description ?? ""]),
    ),
    "",
    table(
      ["output", "what it is"],
      Object.entries(outputs).map(([output, { description }]) => [`\`${output}\``, description ?? ""]),
    ),
    "",
  ].join("\n");
}

function stepTables(step: string): string | undefined {
  if (!stepNames.includes(step)) return undefined;
  const { description, inputs = {}, outputs = {} } = readAction(readFromRoot(`scripts/${step}/action.yml`));
  return [
    "",
    description,
    "",
    table(
      ["input", "default", "what it is"],
      Object.entries(inputs).map(([input, about]) => [
        `\`${input}\``,
        about.required ? "required" : shownDefault(about.default),
        about.description,
      ]),
    ),
    "",
    table(
      ["output", "what it is"],
      Object.entries(outputs).map(([output, about]) => [`\`${output}\``, about.description]),
    ),
    "",
  ].join("\n");
}

/** One row per product workflow: the five things a caller wants to know. */
function catalogue(): string {
  const rows = productPaths.map((path) => {
    const workflow = readWorkflow(path, readFromRoot(path));
    const name = path.split("/").at(-1)?.replace(".yml", "") ?? "";
    const { inputs = {}, secrets = {} } = workflow.on.workflow_call ?? {};
    const required = Object.keys(inputs).filter((input) => inputs[input]?.required);
    const permissions = Object.entries(permissionUnion(workflow, readFromRoot));
    const callers = examplePaths.filter((example) => readFromRoot(example).includes(`${publishedAs}/${path}@v1`));
    return [
      `[\`${name}.yml\`](${path})`,
      headComment(workflow.text).split(/(?<=\.) /)[0] ?? "",
      `[${Object.keys(inputs).length}, ${required.length === 0 ? "none" : required.join(", ")} required](docs/workflows.md#${name})`,
      Object.keys(secrets)
        .map((secret) => `\`${secret}\``)
        .join(", "),
      permissions.map(([scope, level]) => `\`${scope}: ${level}\``).join(", "),
      callers.map((example) => `[${example.split("/").at(-1)?.replace(".yml", "")}](${example})`).join(", "),
    ];
  });
  return `\n${table(["workflow", "does", "inputs", "secrets, all optional", "the caller grants", "callers to copy"], rows)}\n`;
}

function example(name: string): string | undefined {
  const path = `examples/${name}.yml`;
  return examplePaths.includes(path) ? `\n\`\`\`yaml\n${readFromRoot(path).trimEnd()}\n\`\`\`\n` : undefined;
}

/** One row for each job of a workflow that has steps of its own. */
function rightsOf(workflow: Workflow): readonly (readonly string[])[] {
  return jobsOf(workflow)
    .filter(([, job]) => job.uses === undefined)
    .map(([id, job]) => {
      const scopes = Object.entries(job.permissions ?? {});
      const runs = stepsOf(job).map(({ uses, run }) => uses?.split("@")[0] ?? (run === undefined ? "" : "a shell"));
      const steps = [...new Set(runs)].map((name) => `\`${name}\``).join(", ");
      const rights = scopes.map(([scope, level]) => `\`${scope}: ${level}\``).join(", ");
      return [
        `\`${workflow.path.split("/").at(-1)}\``,
        `\`${id}\``,
        rights || "nothing",
        job["cache-mode"] === undefined ? "GitHub's default" : `\`${job["cache-mode"]}\``,
        steps,
      ];
    });
}

/** Every job of the workflows that products call: what its token may do, and what runs beside that token. */
function jobRights(): string {
  const rows = productPaths.flatMap((path) => rightsOf(readWorkflow(path, readFromRoot(path))));
  return `\n${table(["workflow", "job", "its token may", "shared cache", "what runs in it"], rows)}\n`;
}

/**
 * Number of jobs that run one after the other, from the start to the end of a job (default: of the last one), those of called workflows
 * counted. A job that runs only where an input is empty does not count where the call gives the input.
 */
export function jobsInSeries(workflow: Workflow, last?: string, given: Readonly<Record<string, unknown>> = {}): number {
  const runs = (id: string): number => {
    const job = workflow.jobs[id];
    const [, input = ""] = /^inputs\.([\w-]+) == ''$/.exec(job?.if ?? "") ?? [];
    if (job?.uses === undefined) return input !== "" && given[input] ? 0 : 1;
    const path = job.uses.replace("$/", "");
    return jobsInSeries(readWorkflow(path, readFromRoot(path)), undefined, job.with);
  };
  const depth = (id: string): number => runs(id) + Math.max(0, ...[workflow.jobs[id]?.needs ?? []].flat().map(depth));
  return Math.max(...(last === undefined ? jobsOf(workflow).map(([id]) => id) : [last]).map(depth));
}

/** What the blocks of our documents are made of, by the kind of block. */
export const writers: Readonly<Record<string, BlockWriter>> = {
  catalogue,
  workflow: workflowTables,
  step: stepTables,
  example,
  "job-rights": jobRights,
};
