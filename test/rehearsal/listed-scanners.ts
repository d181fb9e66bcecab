import { readFileSync, writeFileSync } from "node:fs";
import type { StandIn } from "../../rehearsal/runner/stand-in.ts";
import {
  grypeReport,
  type RecordedVulnerability,
  trivyReport,
  trivySourceReport,
} from "../../rehearsal/stand-ins/recorded-reports.ts";

/** What scanners find under a digest (Grype under `grype <digest>`), or in a folder; `broken` ends the scanner with an error. */
export type Findings = Readonly<Record<string, readonly RecordedVulnerability[] | "broken">>;

/**
 * Trivy's and Grype's actions, which read the platform that the environment names.
 * @param scanned is given a line for each scan, such as `trivy json amd64 sha256:…`
 */
export function listedScanners(findings: Findings, scanned: string[]): readonly StandIn[] {
  const find = (what: string): readonly RecordedVulnerability[] => {
    const found = findings[what] ?? [];
    if (found === "broken") throw new Error("failed to download vulnerability DB");
    return found;
  };
  return [trivy(find, scanned), grype(find, scanned)];
}

type Find = (what: string) => readonly RecordedVulnerability[];

/** Trivy's own commands, by its action's inputs. */
function trivy(find: Find, scanned: string[]): StandIn {
  return {
    action: "aquasecurity/trivy-action",
    inputs: {
      ...{ "scan-type": "image", "image-ref": "", "scan-ref": ".", scanners: "", format: "table", output: "" },
      ...{ timeout: "", cache: "true", "skip-setup-trivy": "false" },
    },
    async run({ inputs, env }) {
      const { "scan-type": type, "image-ref": image = "", "scan-ref": folder = "", format, output = "" } = inputs;
      const write = (content: unknown) => writeFileSync(output, JSON.stringify(content));
      if (type === "convert") {
        JSON.parse(readFileSync(folder, "utf8"));
        write({ version: "2.1.0", runs: [] });
      } else if (type === "fs") {
        scanned.push(`trivy ${folder}`);
        write(trivySourceReport(find(folder)));
      } else {
        const digest = image.slice(image.indexOf("@") + 1);
        const architecture = env.TRIVY_PLATFORM?.split("/")[1] ?? "amd64";
        scanned.push(`trivy ${format} ${architecture} ${digest}`);
        write(format === "json" ? trivyReport(find(digest), { digest, architecture }) : { format });
      }
      return {};
    },
  };
}

function grype(find: Find, scanned: string[]): StandIn {
  return {
    action: "anchore/scan-action",
    inputs: { image: "", "fail-build": "true", "output-format": "sarif", "output-file": "" },
    async run({ inputs, env }) {
      const { image = "", "output-file": output = "" } = inputs;
      const digest = image.slice(image.indexOf("@") + 1);
      const architecture = env.GRYPE_PLATFORM?.split("/")[1] ?? "amd64";
      scanned.push(`grype ${architecture} ${digest}`);
      writeFileSync(output, JSON.stringify(grypeReport(find(`grype ${digest}`), { digest, architecture })));
      return {};
    },
  };
}
