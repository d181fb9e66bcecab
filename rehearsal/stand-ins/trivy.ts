import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { StepFailure } from "../runner/refusal.ts";
import type { StandIn, StandInStep } from "../runner/stand-in.ts";
import { type RecordedVulnerability, trivyReport } from "./recorded-reports.ts";

/**
 * aquasecurity/trivy-action: writes what was recorded of Trivy, about the image and the platform that it is asked about. Its database
 * is on the internet, so nothing is scanned.
 * @param finds what the scanner is to find in every image
 */
export function trivy(finds: () => readonly RecordedVulnerability[]): StandIn {
  return {
    action: "aquasecurity/trivy-action",
    inputs: {
      "scan-type": "image",
      "image-ref": "",
      "scan-ref": ".",
      scanners: "",
      format: "table",
      output: "",
      timeout: "",
      cache: "true",
      "skip-setup-trivy": "false",
    },
    async run(step) {
      const { format = "", output = "", "scan-type": kind = "" } = step.inputs;
      const content = kind === "convert" && format === "sarif" ? sarif : contentFor(step, finds());
      await writeFile(resolve(step.env.GITHUB_WORKSPACE ?? "", output), JSON.stringify(content));
      step.print(`Nothing is scanned here: a recorded report (${format}) is in ${output}.`);
      return {};
    },
  };
}

const sarif = { version: "2.1.0", runs: [{ tool: { driver: { name: "Trivy", rules: [] } }, results: [] }] };

function contentFor(step: StandInStep, found: readonly RecordedVulnerability[]): object {
  const { format, "image-ref": reference = "", "scan-type": kind } = step.inputs;
  const [, digest = ""] = /@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
  const [, architecture = "", variant] = (step.env.TRIVY_PLATFORM ?? "").split("/");
  if (kind !== "image" || digest === "" || architecture === "") {
    throw new StepFailure("The rehearsal's trivy scans images only, by digest and with TRIVY_PLATFORM.");
  }
  switch (format) {
    case "json":
      return trivyReport(found, { digest, architecture, ...(variant === undefined ? {} : { variant }) });
    case "spdx-json":
      return { spdxVersion: "SPDX-2.3", SPDXID: "SPDXRef-DOCUMENT", name: reference, packages: [] };
    case "cyclonedx":
      return {
        ...{ bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: `urn:uuid:${randomUUID()}` },
        metadata: { component: { name: reference } },
      };
    default:
      throw new StepFailure(`The rehearsal's trivy writes no ${format}.`);
  }
}
