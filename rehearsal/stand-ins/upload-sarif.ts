import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/** github/codeql-action/upload-sarif: looks at the file as GitHub would, and keeps nothing. */
export const uploadSarif: StandIn = {
  action: "github/codeql-action/upload-sarif",
  inputs: { sarif_file: "", category: "" },
  async run(step) {
    const path = resolve(step.env.GITHUB_WORKSPACE ?? "", step.inputs.sarif_file ?? "");
    const { version } = JSON.parse(await readFile(path, "utf8")) as { readonly version?: string };
    if (version !== "2.1.0") throw new StepFailure(`${path} is no SARIF 2.1.0.`);
    if (step.inputs.category === "") throw new StepFailure("Two uploads without a category replace each other.");
    step.print(`There is no Security tab here: ${step.inputs.category} is well-formed and not kept.`);
    return {};
  },
};
