import { readFile } from "node:fs/promises";
import { sbomPredicateType } from "@longshore/publishing";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn } from "../runner/stand-in.ts";

/** actions/attest: checks what it is given. Nothing is attested, and nothing says that it was: only GitHub can do that. */
export const attest: StandIn = {
  action: "actions/attest",
  inputs: { "subject-name": "", "subject-digest": "", "sbom-path": "" },
  async run(step) {
    const { "subject-name": name = "", "subject-digest": digest = "" } = step.inputs;
    if (name === "" || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new StepFailure("One of subject-… must be provided");
    const sbom = step.inputs["sbom-path"] ?? "";
    if (sbom !== "" && sbomPredicateType(JSON.parse(await readFile(sbom, "utf8"))) === undefined) {
      throw new StepFailure("Unsupported SBOM format. Must be valid SPDX or CycloneDX JSON.");
    }
    step.print(`Only GitHub can attest: ${name}@${digest} has no attestation here.`);
    return {};
  },
};
