import { InputError, isRecord, type JsonRecord } from "@longshore/language";
import type { ScanReport } from "./finding.ts";
import { readFlawIds } from "./flaw-ids.ts";
import { packageKeyOf } from "./package-key.ts";
import { openReport, type ReportReader } from "./report-reader.ts";
import { digestsIn, oneLine, pathText, platformText } from "./report-text.ts";
import { readSeverity } from "./severity.ts";

/** `grype -o json`; its shape: https://github.com/anchore/grype/tree/main/grype/presenter/models */
export function isGrypeReport(report: JsonRecord): boolean {
  return Array.isArray(report.matches) || (isRecord(report.descriptor) && report.descriptor.name === "grype");
}

/** What Grype scans that is no image. */
const folders = ["directory", "file"];
/** Kinds of packages of which an operating system has one. */
const systemPackages = ["deb", "rpm", "apk", "alpm", "portage", "linux-kernel"];

/** Throws InputError. */
export function readGrypeReport(value: JsonRecord, name: string): ScanReport {
  const report = openReport(value, name);
  // Grype writes an empty list where it found nothing.
  if (!report.has("matches")) throw new InputError(`Report ${name} is damaged: matches is missing. Scan again.`);
  const source = report.object("source");
  const type = source.required("type");
  const isImage = type === "image";
  if (!isImage && !folders.includes(type)) {
    throw new InputError(`Report ${name} is of a ${oneLine(type)}: scan an image or a folder.`);
  }
  const target = isImage ? source.object("target") : undefined;
  const platform = target === undefined ? undefined : platformText(target);
  const findings = report.objects("matches").map(readMatch);
  const system = endOfLife(report);
  return {
    name,
    scanner: "grype",
    kind: isImage ? "image" : "filesystem",
    digests:
      target === undefined
        ? []
        : digestsIn([target.text("userInput"), target.text("manifestDigest"), ...target.texts("repoDigests")]),
    ...(platform === undefined ? {} : { platform }),
    // It does not list packages without a match: where it knows no system either, it may have known nothing.
    recognised: findings.length > 0 || report.object("distro").text("name") !== "",
    ...(system === undefined ? {} : { endOfLife: system }),
    undecided: [],
    findings,
  };
}

/** Newer releases say it once for each package of the system. */
function endOfLife(report: ReportReader): string | undefined {
  const alert = report
    .objects("alertsByPackage")
    .flatMap((about) => about.objects("alerts"))
    .find((candidate) => candidate.text("type") === "distro-eol");
  if (alert === undefined) return undefined;
  const [told, distro] = [alert.object("metadata"), report.object("distro")];
  const words = ["name", "version"].map((key) => told.text(key) || distro.text(key)).filter((word) => word !== "");
  return oneLine(words.join(" ") || "the operating system");
}

function readMatch(match: ReportReader): ScanReport["findings"][number] {
  const [vulnerability, artifact] = [match.object("vulnerability"), match.object("artifact")];
  const related = match.objects("relatedVulnerabilities");
  const packageName = artifact.required("name");
  const { id, ids, parts } = readFlawIds(
    vulnerability.required("id"),
    related.map((item) => item.text("id")),
    vulnerability.objects("advisories").map((item) => item.text("id")),
  );
  const title = [vulnerability, ...related].map((item) => item.text("description")).find((text) => text !== "");
  const path = pathOf(artifact);
  return {
    id,
    ids,
    ...(parts.length === 0 ? {} : { parts }),
    package: oneLine(packageName),
    packageKey: packageKeyOf(artifact.text("purl"), packageName),
    installed: oneLine(artifact.text("version")),
    fixed: fixedVersion(vulnerability.object("fix")),
    ...(path === "" ? {} : { path }),
    severity: readSeverity(vulnerability.required("severity")),
    scanner: "grype",
    title: oneLine(title ?? ""),
    url: vulnerability.text("dataSource"),
  };
}

/** The file that says there is such a package, among those that agree. */
function pathOf(artifact: ReportReader): string {
  const locations = artifact.objects("locations");
  if (systemPackages.includes(artifact.text("type"))) return "";
  const told = locations.find((location) => location.object("annotations").text("evidence") === "primary");
  return pathText((told ?? locations[0])?.text("path") ?? "");
}

/** `fix.state` is `fixed`, `not-fixed`, `wont-fix` or `unknown`. */
function fixedVersion(fix: ReportReader): string {
  const versions = fix.texts("versions").filter((version) => version !== "");
  const named = oneLine(versions.join(", "));
  return named === "" && fix.required("state") === "fixed" ? "a later version" : named;
}
