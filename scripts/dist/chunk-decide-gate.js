import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  groupBy
} from "./chunk-semver.js";
import {
  InputError,
  isRecord,
  listOf,
  recordOf,
  textOf
} from "./chunk-image-name.js";

// ../packages/guard/src/severity.ts
var severities = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
function compareSeverity(one, other) {
  return severities.indexOf(one) - severities.indexOf(other);
}
function readSeverity(text) {
  const word = text.trim().toUpperCase();
  return severities.find((severity) => severity === word) ?? (word === "NEGLIGIBLE" ? "LOW" : "UNKNOWN");
}
function parseSeverities(text) {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const found = words.map((word) => {
    const severity = severities.find((name) => name === word.toUpperCase());
    if (severity === void 0) {
      throw new InputError(`Input severities names ${JSON.stringify(word)}: use ${severities.join(", ")}.`);
    }
    return severity;
  });
  if (found.length === 0) {
    throw new InputError("Input severities is empty: name at least one, such as CRITICAL; mode report blocks nothing.");
  }
  return [...new Set(found)];
}

// ../packages/guard/src/gate-result.ts
var decisions = ["blocks", "known", "unfixed", "ignored", "below"];
function describeBlocking(counts) {
  return severities.toReversed().filter((severity) => counts[severity].blocking > 0).map((severity) => `${counts[severity].blocking} ${severity}`).join(", ");
}

// ../packages/guard/src/merge-findings.ts
function mergeFindings(decided) {
  const groups = groupBy(
    decided,
    ({ finding: { id, packageKey, installed } }) => JSON.stringify([id, packageKey, installed])
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === void 0 ? [] : [mergeGroup(first, group)];
  });
}
function mergeGroup(first, group) {
  const strongest = group.reduce(
    (one, other) => decisions.indexOf(other.decision) < decisions.indexOf(one.decision) ? other : one
  );
  const findings = group.map(({ finding }) => finding);
  const firstText = (texts) => texts.find((text) => text !== "") ?? "";
  const severity = findings.map((finding) => finding.severity).reduce((one, other) => compareSeverity(one, other) < 0 ? other : one);
  return {
    id: first.finding.id,
    package: first.finding.package,
    installed: first.finding.installed,
    fixed: firstText(findings.map(({ fixed }) => fixed)),
    severity,
    platforms: [...new Set(findings.map(({ platform }) => platform))].sort(),
    scanners: [...new Set(findings.map(({ scanner }) => scanner))].sort(),
    title: firstText(findings.map(({ title }) => title)),
    url: firstText(findings.map(({ url }) => url)),
    ...first.isNew === void 0 ? {} : { isNew: group.some(({ isNew }) => isNew === true) },
    decision: strongest.decision,
    reason: strongest.reason
  };
}

// ../packages/guard/src/decide-gate.ts
function decideGate(findings, rules, baseline) {
  const before = new Set(baseline?.map(keyOf));
  const isKnown = (finding) => before.has(keyOf(finding));
  const inForce = rules.ignore.filter(({ until }) => until >= rules.today);
  const decided = findings.map((finding) => ({
    finding,
    ...decide(finding, rules, inForce, isKnown),
    ...baseline === void 0 ? {} : { isNew: !isKnown(finding) }
  }));
  const merged = [...mergeFindings(decided)].sort(compareFindings);
  const now = new Set(findings.map(keyOf));
  const gone = fixedSince(baseline?.filter((finding) => !now.has(keyOf(finding))) ?? []);
  const counts = countBySeverity(merged, gone);
  const blocking = merged.filter(({ decision }) => decision === "blocks").length;
  return {
    verdict: blocking === 0 ? "pass" : rules.mode,
    reason: reasonOf(counts, blocking, rules, merged.length),
    counts,
    findings: merged,
    fixed: gone,
    expired: rules.ignore.filter(({ until }) => until < rules.today).map((entry) => ({ ...entry, findings: countIgnored(entry, findings) })),
    unused: inForce.filter((entry) => countIgnored(entry, findings) === 0)
  };
}
function keyOf({ id, packageKey, platform }) {
  return JSON.stringify([id, packageKey, platform]);
}
function decide(finding, rules, inForce, isKnown) {
  const { severity } = finding;
  if (!rules.severities.includes(severity)) return { decision: "below", reason: `${severity} does not block` };
  const entry = inForce.find((candidate) => ignores(candidate, finding));
  if (entry !== void 0) return { decision: "ignored", reason: `ignored until ${entry.until}: ${entry.reason}` };
  if (rules.ignoreUnfixed && finding.fixed === "") {
    return { decision: "unfixed", reason: "no version fixes it yet" };
  }
  if (rules.newOnly && isKnown(finding)) return { decision: "known", reason: "the baseline has it too" };
  return { decision: "blocks", reason: rules.newOnly ? `${severity} and new` : severity };
}
function ignores(entry, finding) {
  return finding.ids.includes(entry.id) && (entry.package === void 0 || entry.package === finding.package);
}
function countIgnored(entry, findings) {
  const meant = findings.filter((finding) => ignores(entry, finding));
  return new Set(meant.map(({ id, packageKey }) => JSON.stringify([id, packageKey]))).size;
}
function compareFindings(one, other) {
  const blocks = ({ decision }) => decision === "blocks" ? 0 : 1;
  const isOld = ({ isNew }) => isNew === true ? 0 : 1;
  return blocks(one) - blocks(other) || compareSeverity(other.severity, one.severity) || isOld(one) - isOld(other) || decisions.indexOf(one.decision) - decisions.indexOf(other.decision) || compareText(one.package, other.package) || compareText(one.id, other.id) || compareText(one.installed, other.installed);
}
function compareText(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
function fixedSince(gone) {
  const groups = groupBy(gone, ({ id, packageKey }) => JSON.stringify([id, packageKey]));
  return [...groups.values()].map((group) => {
    const worst = group.reduce((one, other) => compareSeverity(one.severity, other.severity) < 0 ? other : one);
    const platforms = [...new Set(group.map(({ platform }) => platform))].sort();
    return { id: worst.id, package: worst.package, severity: worst.severity, platforms };
  }).sort(
    (one, other) => compareSeverity(other.severity, one.severity) || compareText(one.package, other.package) || compareText(one.id, other.id)
  );
}
function countBySeverity(findings, fixed) {
  const count = (severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    return {
      found: found.length,
      new: found.filter(({ isNew }) => isNew === true).length,
      fixed: fixed.filter((finding) => finding.severity === severity).length,
      blocking: found.filter(({ decision }) => decision === "blocks").length
    };
  };
  const pairs = severities.map((severity) => [severity, count(severity)]);
  return Object.fromEntries(pairs);
}
function reasonOf(counts, blocking, { mode, severities: asked }, found) {
  const what = (count) => count === 1 ? "1 vulnerability" : `${count} vulnerabilities`;
  if (blocking === 0) {
    return found === 0 ? "Nothing was found." : `None of ${what(found)} found blocks (${asked.join(", ")} would).`;
  }
  const verb = mode === "block" ? `${blocking === 1 ? "blocks" : "block"} this image` : "would block this image; the mode is report";
  return `${describeBlocking(counts)} ${verb}.`;
}

// ../packages/guard/src/judge-shipment.ts
function judgeShipment({ build, delivery, moves, parts }) {
  if (build !== "success") return [`The build ended as ${build}.`];
  if (delivery === "artifact" || delivery === "none") return [];
  if (delivery !== "registry") {
    return [
      "The build ended well and does not say what it delivered: GitHub drops an output that holds a line of a secret."
    ];
  }
  return ["scan", "sign", "promote"].flatMap((part) => {
    const { asked, result } = parts[part];
    const isOwed = asked && (part !== "promote" || moves);
    return isOwed && result !== "success" ? [`The part ${part} was asked for and ended as ${result}.`] : [];
  });
}

// ../packages/guard/src/package-key.ts
function packageKeyOf(purl, name) {
  const core = /^(pkg:[^?#]+?)(?:@[^@/?#]*)?(?:[?#].*)?$/s.exec(purl.trim())?.[1];
  return core?.toLowerCase() ?? `name:${name.toLowerCase()}`;
}
function mainId(ids) {
  const cves = ids.filter((id) => id.startsWith("CVE-"));
  return (cves.length === 1 ? cves[0] : ids[0]) ?? "";
}

// ../packages/guard/src/report-text.ts
var LONGEST = 200;
function oneLine(text) {
  const line = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : line;
}
function digestsIn(texts) {
  return [...new Set(texts.flatMap((text) => textOf(text).match(/sha256:[0-9a-f]{64}(?![0-9a-f])/g) ?? []))];
}
function platformText({ os, architecture, variant }) {
  if (textOf(os) === "" || textOf(architecture) === "") return void 0;
  return [os, architecture, variant].map(textOf).filter((part) => part !== "").join("/");
}

// ../packages/guard/src/grype-report.ts
function isGrypeReport(report) {
  return Array.isArray(report.matches) || textOf(recordOf(report.descriptor).name) === "grype";
}
function readGrypeReport(report, name) {
  const source = recordOf(report.source);
  const target = recordOf(source.target);
  const isImage = source.type === "image";
  const platform = isImage ? platformText(target) : void 0;
  return {
    name,
    scanner: "grype",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([target.userInput, target.manifestDigest, ...listOf(target.repoDigests)]) : [],
    ...platform === void 0 ? {} : { platform },
    findings: listOf(report.matches).map((match) => readMatch(match, name))
  };
}
function readMatch(match, name) {
  const { vulnerability: told, artifact: found, relatedVulnerabilities } = recordOf(match);
  const [vulnerability, artifact] = [recordOf(told), recordOf(found)];
  const packageName = textOf(artifact.name);
  const related = listOf(relatedVulnerabilities).map((item) => textOf(recordOf(item).id));
  const ids = [textOf(vulnerability.id), ...related].map((id) => id.trim().toUpperCase()).filter((id) => id !== "");
  if (!isRecord(match) || textOf(vulnerability.id) === "" || packageName === "") {
    throw new InputError(`Report ${name} holds a match without vulnerability.id or artifact.name: scan again.`);
  }
  const description = textOf(vulnerability.description) || listOf(relatedVulnerabilities).map((item) => textOf(recordOf(item).description)).find((text) => text !== "");
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
    url: textOf(vulnerability.dataSource)
  };
}
function fixedVersion({ state, versions }) {
  const named = oneLine(
    listOf(versions).map(textOf).filter((version) => version !== "").join(", ")
  );
  return named === "" && state === "fixed" ? "a later version" : named;
}

// ../packages/guard/src/trivy-report.ts
function isTrivyReport(report) {
  return typeof report.SchemaVersion === "number" && typeof report.ArtifactName === "string";
}
function readTrivyReport(report, name) {
  if (report.SchemaVersion !== 2) {
    throw new InputError(`Report ${name} is Trivy's schema ${report.SchemaVersion}: schema 2 is known here.`);
  }
  const metadata = recordOf(report.Metadata);
  const os = recordOf(metadata.OS);
  const isImage = report.ArtifactType === "container_image";
  const platform = isImage ? platformText(recordOf(metadata.ImageConfig)) : void 0;
  return {
    name,
    scanner: "trivy",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([report.ArtifactName, ...listOf(metadata.RepoDigests)]) : [],
    ...platform === void 0 ? {} : { platform },
    ...os.EOSL === true ? { endOfLife: oneLine(`${textOf(os.Family)} ${textOf(os.Name)}`) } : {},
    findings: listOf(report.Results).flatMap(
      (result) => listOf(recordOf(result).Vulnerabilities).map((item) => readVulnerability(item, name))
    )
  };
}
function readVulnerability(item, name) {
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
    url: textOf(vulnerability.PrimaryURL)
  };
}

// ../packages/guard/src/read-report.ts
function readReport(text, name) {
  const report = parseJson(text, name);
  if (isRecord(report)) {
    if (isTrivyReport(report)) return readTrivyReport(report, name);
    if (isGrypeReport(report)) return readGrypeReport(report, name);
  }
  throw new InputError(
    `Report ${name} is neither Trivy's nor Grype's JSON: scan with \`--format json\` or \`-o json\`.`
  );
}
function parseJson(text, name) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Report ${name} is not JSON${text.trim() === "" ? " but empty" : ""}: scan again.`, { cause });
  }
}

// ../packages/guard/src/ends-of-life.ts
function endsOfLife(reports) {
  const systems = new Set(reports.flatMap(({ endOfLife }) => endOfLife === void 0 ? [] : [endOfLife]));
  return [...systems].map(
    (system) => `${system} gets no security updates any more: what is found in it is not all there is. Move to a newer base image.`
  );
}

// ../packages/guard/src/ignore-list.ts
var ID = /^[A-Za-z][A-Za-z0-9]*-[\w.:-]+$/;
function parseIgnoreList(text) {
  const lines = text.split(/\r\n|\n|\r/).map((line, index) => ({ text: line.trim(), line: index + 1 }));
  const parsed = lines.filter((line) => line.text !== "" && !line.text.startsWith("#")).map(parseLine);
  return {
    entries: parsed.flatMap((line) => line.problem === void 0 ? [line.entry] : []),
    malformed: parsed.flatMap((line) => line.problem === void 0 ? [] : [line.problem])
  };
}
function parseLine({ text, line }) {
  const [id = "", ...words] = text.split(/\s+/);
  const firstOther = words.findIndex((word) => !/^(?:until|package)=/.test(word));
  const options = firstOther < 0 ? words : words.slice(0, firstOther);
  const reason = firstOther < 0 ? "" : words.slice(firstOther).join(" ");
  const option = (name) => options.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const [until, packageName] = [option("until"), option("package")];
  const refuse = (why) => ({ problem: `Line ${line} of the ignore list ignores nothing: ${why}.` });
  if (!ID.test(id)) return refuse("it does not start with an id such as CVE-2026-1234");
  if (until === void 0) return refuse(`${id} has no until=2026-12-31 right behind it`);
  if (!isDay(until)) return refuse(`${JSON.stringify(until.slice(0, 40))} is no day such as 2026-12-31`);
  if (packageName === "") return refuse("package= names no package");
  if (reason === "") return refuse(`${id} has no reason`);
  const entry = { id: id.toUpperCase(), until, reason, line };
  return { entry: packageName === void 0 ? entry : { ...entry, package: packageName } };
}
function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = /* @__PURE__ */ new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
function explainExpired({ id, line, until }) {
  return `Line ${line} of the ignore list was for ${id} until ${until} and ignores it no more`;
}

// ../packages/guard/src/scan-target.ts
function assignReports(reports, targets, scanners, options) {
  const placed = reports.map((report) => ({ report, platform: placeOf(report, targets, options) }));
  for (const { platform } of targets ?? []) {
    for (const scanner of scanners) {
      if (placed.some((place) => place.platform === platform && place.report.scanner === scanner)) continue;
      throw new InputError(`There is no report of ${scanner} on ${platform}: every platform must be scanned.`);
    }
  }
  return placed.flatMap(({ report, platform }) => report.findings.map((finding) => ({ ...finding, platform })));
}
function placeOf(report, targets, { source, normalise }) {
  if (report.kind === "filesystem") return source;
  const said = report.platform === void 0 ? void 0 : normalise(report.platform);
  if (targets === void 0) {
    if (said !== void 0) return said;
    throw new InputError(`Report ${report.name} does not say of which platform it is: give the input targets.`);
  }
  const target = targets.find(({ digest }) => report.digests.includes(digest));
  if (target === void 0) {
    throw new InputError(
      `Report ${report.name} is about ${report.digests.join(", ") || "no digest"}, which is none of the images to scan.`
    );
  }
  if (said !== void 0 && said !== target.platform && architectureOf(said) !== architectureOf(target.platform)) {
    throw new InputError(
      `Report ${report.name} is of ${said}, but ${target.digest} is the image of ${target.platform}: give the scanner the platform.`
    );
  }
  return target.platform;
}
function architectureOf(platform) {
  return platform.split("/").slice(0, 2).join("/");
}

// ../packages/guard/src/judge-image.ts
function judgeImage(targets, reports, { scanners, rules, placing }) {
  const notScanned = [];
  const about = new Set(targets.map(({ digest }) => digest));
  const findings = targets.flatMap(
    (target) => scanners.flatMap((scanner) => {
      const own = reports.filter((report) => report.scanner === scanner && report.digests.includes(target.digest));
      try {
        return assignReports(own, [target], [scanner], placing);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        notScanned.push(error.message);
        return [];
      }
    })
  );
  const result = decideGate(findings, rules);
  return {
    ...{ result, notScanned },
    notes: [
      ...endsOfLife(reports.filter(({ digests }) => digests.some((digest) => about.has(digest)))),
      ...result.expired.filter((entry) => entry.findings > 0).map((entry) => `${explainExpired(entry)}.`)
    ]
  };
}

export {
  severities,
  parseSeverities,
  describeBlocking,
  decideGate,
  endsOfLife,
  parseIgnoreList,
  explainExpired,
  assignReports,
  judgeImage,
  judgeShipment,
  readReport
};
