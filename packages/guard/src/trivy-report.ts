import { InputError, isRecord, type JsonRecord, listOf, recordOf, textOf } from "@longshore/language";
import type { ScanReport } from "./finding.ts";
import { packageKeyOf } from "./package-key.ts";
import { digestsIn, oneLine, platformText } from "./report-text.ts";
import { readSeverity } from "./severity.ts";

/** `trivy image --format json` and `trivy fs --format json`, schema 2: https://trivy.dev/docs/latest/configuration/reporting/#json */
export function isTrivyReport(report: JsonRecord): boolean {
  return typeof report.SchemaVersion === "number" && typeof report.ArtifactName === "string";
}

/** Vulnerabilities only: secrets and misconfigurations are not what the gate decides on. Throws InputError. */
export function readTrivyReport(report: JsonRecord, name: string): ScanReport {
  if (report.SchemaVersion !== 2) {
    throw new InputError(`Report ${name} is Trivy's schema ${report.SchemaVersion}: schema 2 is known here.`);
  }
  const metadata = recordOf(report.Metadata);
  const os = recordOf(metadata.OS);
  const isImage = report.ArtifactType === "container_image";
  const platform = isImage ? platformText(recordOf(metadata.ImageConfig)) : undefined;
  return {
    name,
    scanner: "trivy",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([report.ArtifactName, ...listOf(metadata.RepoDigests)]) : [],
    ...(platform === undefined ? {} : { platform }),
    ...(os.EOSL === true ? { endOfLife: oneLine(`${textOf(os.Family)} ${textOf(os.Name)}`) } : {}),
    findings: listOf(report.Results).flatMap((result) =>
      listOf(recordOf(result).Vulnerabilities).map((item) => readVulnerability(item, name)),
    ),
  };
}

function readVulnerability(item: unknown, name: string): ScanReport["findings"][number] {
  const vulnerability = recordOf(item);
  const id = textOf(vulnerability.VulnerabilityID).trim().toUpperCase();
  const packageName = textOf(vulnerability.PkgName);
  if (!isRecord(item) || id === "" || packageName === "") {
    throw new InputError(`Report ${name} holds a vulnerability without VulnerabilityID or PkgName: scan again.`);
  }
  return {
    id,
    ids: [id],
    package: oneLine(packageName),
    packageKey: packageKeyOf(textOf(recordOf(vulnerability.PkgIdentifier).PURL), packageName),
    installed: oneLine(textOf(vulnerability.InstalledVersion)),
    fixed: oneLine(textOf(vulnerability.FixedVersion)),
    severity: readSeverity(textOf(vulnerability.Severity)),
    scanner: "trivy",
    title: oneLine(textOf(vulnerability.Title) || textOf(vulnerability.Description)),
    url: textOf(vulnerability.PrimaryURL),
  };
}
