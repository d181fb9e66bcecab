import { InputError, isRecord, type JsonRecord, listOf, recordOf, textOf } from "@longshore/language";
import type { ScanReport } from "./finding.ts";
import { mainId, packageKeyOf } from "./package-key.ts";
import { digestsIn, oneLine, platformText } from "./report-text.ts";
import { readSeverity } from "./severity.ts";

/** `grype -o json`; its shape: https://github.com/anchore/grype/tree/main/grype/presenter/models */
export function isGrypeReport(report: JsonRecord): boolean {
  return Array.isArray(report.matches) || textOf(recordOf(report.descriptor).name) === "grype";
}

/** Throws InputError. */
export function readGrypeReport(report: JsonRecord, name: string): ScanReport {
  const source = recordOf(report.source);
  const target = recordOf(source.target);
  const isImage = source.type === "image";
  const platform = isImage ? platformText(target) : undefined;
  return {
    name,
    scanner: "grype",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([target.userInput, target.manifestDigest, ...listOf(target.repoDigests)]) : [],
    ...(platform === undefined ? {} : { platform }),
    findings: listOf(report.matches).map((match) => readMatch(match, name)),
  };
}

function readMatch(match: unknown, name: string): ScanReport["findings"][number] {
  const { vulnerability: told, artifact: found, relatedVulnerabilities } = recordOf(match);
  const [vulnerability, artifact] = [recordOf(told), recordOf(found)];
  const packageName = textOf(artifact.name);
  const related = listOf(relatedVulnerabilities).map((item) => textOf(recordOf(item).id));
  const ids = [textOf(vulnerability.id), ...related].map((id) => id.trim().toUpperCase()).filter((id) => id !== "");
  if (!isRecord(match) || textOf(vulnerability.id) === "" || packageName === "") {
    throw new InputError(`Report ${name} holds a match without vulnerability.id or artifact.name: scan again.`);
  }
  const description =
    textOf(vulnerability.description) ||
    listOf(relatedVulnerabilities)
      .map((item) => textOf(recordOf(item).description))
      .find((text) => text !== "");
  return {
    id: mainId(ids),
    ids: [...new Set(ids)],
    package: oneLine(packageName),
    packageKey: packageKeyOf(textOf(artifact.purl), packageName),
    installed: oneLine(textOf(artifact.version)),
    fixed: fixedVersion(recordOf(vulnerability.fix)),
    severity: readSeverity(textOf(vulnerability.severity)),
    scanner: "grype",
    title: oneLine(description ?? ""),
    url: textOf(vulnerability.dataSource),
  };
}

/** `fix.state` is `fixed`, `not-fixed`, `wont-fix` or `unknown`. */
function fixedVersion({ state, versions }: JsonRecord): string {
  const named = oneLine(
    listOf(versions)
      .map(textOf)
      .filter((version) => version !== "")
      .join(", "),
  );
  return named === "" && state === "fixed" ? "a later version" : named;
}
