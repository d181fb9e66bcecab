import { InputError, type JsonRecord } from "@longshore/language";
import type { ScanReport } from "./finding.ts";
import { readFlawIds } from "./flaw-ids.ts";
import { packageKeyOf } from "./package-key.ts";
import { openReport, type ReportReader } from "./report-reader.ts";
import { digestsIn, oneLine, pathText, platformText } from "./report-text.ts";
import { readSeverity } from "./severity.ts";

/** `trivy image --format json` and `trivy fs --format json`, schema 2: https://trivy.dev/docs/latest/configuration/reporting/#json */
export function isTrivyReport(report: JsonRecord): boolean {
  return typeof report.SchemaVersion === "number" && typeof report.ArtifactName === "string";
}

/** What Trivy scans that is no image. */
const folders = ["filesystem", "repository"];
/** Classes of results that tell of packages. */
const packageClasses = ["os-pkgs", "lang-pkgs"];

/** Vulnerabilities and secrets. Misconfigurations and licences are counted: the gate does not decide on them. Throws InputError. */
export function readTrivyReport(value: JsonRecord, name: string): ScanReport {
  if (value.SchemaVersion !== 2) {
    throw new InputError(`Report ${name} is Trivy's schema ${value.SchemaVersion}: schema 2 is known here.`);
  }
  const report = openReport(value, name);
  const type = report.required("ArtifactType");
  const isImage = type === "container_image";
  if (!isImage && !folders.includes(type)) {
    throw new InputError(`Report ${name} is of a ${oneLine(type)}: scan an image, a folder or a repository.`);
  }
  const metadata = report.object("Metadata");
  const os = metadata.object("OS");
  const platform = isImage ? platformText(metadata.object("ImageConfig")) : undefined;
  const results = report.objects("Results");
  return {
    name,
    scanner: "trivy",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([report.text("ArtifactName"), ...metadata.texts("RepoDigests")]) : [],
    ...(platform === undefined ? {} : { platform }),
    recognised: results.filter((result) => packageClasses.includes(result.required("Class"))).length > 0,
    ...(os.flag("EOSL") ? { endOfLife: oneLine(`${os.text("Family")} ${os.text("Name")}`) } : {}),
    undecided: [
      ...tellCount(count(results, "Misconfigurations"), "misconfiguration"),
      ...tellCount(count(results, "Licenses"), "license"),
    ],
    findings: results.flatMap((result) => [
      ...result.objects("Vulnerabilities").map((item) => readVulnerability(item, result)),
      ...result.objects("Secrets").map((item) => readSecret(item, result)),
    ]),
  };
}

function count(results: readonly ReportReader[], key: string): number {
  return results.reduce((sum, result) => sum + result.objects(key).length, 0);
}

function tellCount(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${what}${number === 1 ? "" : "s"}`];
}

function readVulnerability(item: ReportReader, result: ReportReader): ScanReport["findings"][number] {
  const packageName = item.required("PkgName");
  const fixed = oneLine(item.text("FixedVersion"));
  const { id, ids, parts } = readFlawIds(item.required("VulnerabilityID"), [], item.texts("VendorIDs"));
  // One file can hold many packages, as a lock file does; some packages have files of their own.
  const path = result.text("Class") === "os-pkgs" ? "" : pathText(item.text("PkgPath") || result.text("Target"));
  return {
    id,
    ids,
    ...(parts.length === 0 ? {} : { parts }),
    package: oneLine(packageName),
    packageKey: packageKeyOf(item.object("PkgIdentifier").text("PURL"), packageName),
    installed: oneLine(item.text("InstalledVersion")),
    fixed: fixed === "" && item.text("Status") === "fixed" ? "a later version" : fixed,
    ...(path === "" ? {} : { path }),
    severity: readSeverity(item.required("Severity")),
    scanner: "trivy",
    title: oneLine(item.text("Title") || item.text("Description")),
    url: item.text("PrimaryURL"),
  };
}

/** The secret itself, which Trivy shows in part, is not read. */
function readSecret(item: ReportReader, result: ReportReader): ScanReport["findings"][number] {
  const id = item.required("RuleID").trim().toUpperCase();
  const file = pathText(result.required("Target"));
  const line = item.number("StartLine");
  return {
    id,
    ids: [id],
    secret: true,
    package: file,
    packageKey: `secret:${file}`,
    installed: line === "" ? "" : `line ${line}`,
    fixed: "",
    path: file,
    severity: readSeverity(item.required("Severity")),
    scanner: "trivy",
    title: oneLine(`a secret: ${item.text("Title") || item.text("Category") || id}`),
    url: "",
  };
}
