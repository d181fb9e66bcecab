import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  groupBy
} from "./chunk-semver.js";
import {
  InputError,
  isRecord
} from "./chunk-image-name.js";

// ../packages/guard/src/compare-text.ts
function compareText(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

// ../packages/guard/src/gate-concern.ts
function findConcerns(reports) {
  const systems = new Set(reports.flatMap(({ report: { endOfLife: endOfLife2 } }) => endOfLife2 ?? []));
  const seen = new Set(reports.flatMap(({ report, platform }) => report.recognised ? [platform] : []));
  const unseen = new Set(reports.map(({ platform }) => platform).filter((platform) => !seen.has(platform)));
  return [
    ...[...systems].sort().map((about) => ({
      ...{ kind: "end-of-life", about },
      detail: `${about} gets no security updates any more: what is found in it is not all there is. Move to a newer base image.`
    })),
    ...[...unseen].sort().map((about) => ({
      ...{ kind: "unrecognised", about },
      detail: about === "source" ? "No scanner recognised a package in the files: nothing found there says little. Commit lock files, or do not ask for a scan of the files." : `No scanner recognised an operating system or a package in ${about}: nothing found there says little. A static binary in an empty image looks so; build it with what tells its modules, or scan its sources too.`
    }))
  ];
}
function nameConcern({ kind, about }) {
  return kind === "end-of-life" ? `the end of life of ${about}` : `a scan that recognised nothing in ${about === "source" ? "the files" : about}`;
}
function describeConcern({ kind, about }) {
  return kind === "end-of-life" ? `${about} gets no security updates any more` : `nothing was recognised in ${about === "source" ? "the files" : about}`;
}

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

// ../packages/guard/src/compare-versions.ts
function isSurelyNoOlder(version, than, isSystem) {
  if (version === than) return true;
  if (version === "" || than === "") return false;
  return isSystem ? compareAsDebian(version, than) >= 0 : isNewerInAnyLanguage(version, than);
}
function isNewerInAnyLanguage(version, than) {
  const [one, other] = [version, than].map((text) => tokensOf(text.replace(/^v(?=\d)/u, "").split("+", 1)[0] ?? ""));
  for (let at = 0; ; at += 1) {
    const [mine, theirs] = [one?.[at], other?.[at]];
    if (mine === void 0 && theirs === void 0) return false;
    if (mine === theirs) continue;
    if (theirs === void 0) return mine === "." && /^\d+$/u.test(one?.[at + 1] ?? "");
    if (mine === void 0 || !/^\d/u.test(mine) || !/^\d/u.test(theirs)) return false;
    return compareNumbers(mine, theirs) > 0;
  }
}
function tokensOf(version) {
  return version.match(/\d+|\D/gu) ?? [];
}
function compareAsDebian(one, other) {
  const [mine, theirs] = [split(one), split(other)];
  return compareNumbers(mine.epoch, theirs.epoch) || comparePart(mine.upstream, theirs.upstream) || comparePart(mine.revision, theirs.revision);
}
function split(version) {
  const [, epoch = "0", rest = ""] = /^(?:(\d+):)?(.*)$/su.exec(version) ?? [];
  const alike = rest.replace(/_(?=alpha|beta|pre|rc)/gu, "~");
  const dash = alike.lastIndexOf("-");
  return dash < 0 ? { epoch, upstream: alike, revision: "" } : { epoch, upstream: alike.slice(0, dash), revision: alike.slice(dash + 1) };
}
function comparePart(one, other) {
  const [mine, theirs] = [one, other].map((text) => text.match(/\D+|\d+/gu) ?? []);
  const turns = (list = []) => list[0] !== void 0 && /^\d/u.test(list[0]) ? ["", ...list] : list;
  const [left, right] = [turns(mine), turns(theirs)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a, b] = [left[at] ?? "", right[at] ?? ""];
    const order = at % 2 === 0 ? compareWords(a, b) : compareNumbers(a, b);
    if (order !== 0) return order;
  }
  return 0;
}
function compareWords(one, other) {
  const weight = (character) => {
    if (character === void 0) return 0;
    if (character === "~") return -1;
    const code = character.codePointAt(0) ?? 0;
    return /[A-Za-z]/u.test(character) ? code : code + 1114112;
  };
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const order = weight(one[at]) - weight(other[at]);
    if (order !== 0) return order;
  }
  return 0;
}
function compareNumbers(one, other) {
  const [mine, theirs] = [one, other].map((text) => text.replace(/^0+/u, ""));
  if (mine === theirs || mine === void 0 || theirs === void 0) return 0;
  if (mine.length !== theirs.length) return mine.length - theirs.length;
  return mine < theirs ? -1 : 1;
}

// ../packages/guard/src/known-findings.ts
function findKnown(findings, baseline) {
  const before = groupBy(baseline, flawKey);
  return new Set(
    [...groupBy(findings, flawKey)].flatMap(([key, group]) => {
      const known = matchCopies(copiesOf(group), copiesOf(before.get(key) ?? []));
      return group.filter((finding) => known.has(copyKey(copyOf(finding))));
    })
  );
}
function flawKey({ id, packageKey, platform }) {
  return JSON.stringify([id, packageKey, platform]);
}
function copyOf({ path = "", installed, secret }) {
  return { path, version: secret === true ? "" : installed };
}
function copyKey({ path, version }) {
  return JSON.stringify([path, version]);
}
function copiesOf(findings) {
  const copies = new Map(findings.map(copyOf).map((copy) => [copyKey(copy), copy]));
  return [...copies].sort(([one], [other]) => compareText(one, other)).map(([, copy]) => copy);
}
var sameness = [
  (now, before) => copyKey(now) === copyKey(before),
  (now, before) => now.path === before.path && isNoOlder(now, before),
  (now, before) => shapeOf(now) === shapeOf(before) && isNoOlder(now, before)
];
function matchCopies(now, before) {
  const left = new Set(before);
  const known = /* @__PURE__ */ new Set();
  for (const isSame of sameness) {
    for (const copy of now) {
      if (known.has(copyKey(copy))) continue;
      const match = [...left].find((candidate) => isSame(copy, candidate));
      if (match === void 0) continue;
      left.delete(match);
      known.add(copyKey(copy));
    }
  }
  return known;
}
function isNoOlder(now, before) {
  return isSurelyNoOlder(now.version, before.version, now.path === "");
}
function shapeOf({ path, version }) {
  const bare = version === "" ? path : path.replaceAll(version, "*");
  return bare.replace(/[0-9a-z]{32,}/gu, "*").replace(/\d+(?:[.]\d+)*/gu, "*");
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
  const deciding = group.filter(({ decision }) => decision === strongest.decision);
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
    paths: [...new Set(deciding.flatMap(({ finding: { path } }) => path ?? []))].sort(),
    title: firstText(findings.map(({ title }) => title)),
    url: firstText(findings.map(({ url }) => url)),
    ...first.isNew === void 0 ? {} : { isNew: group.some(({ isNew }) => isNew === true) },
    decision: strongest.decision,
    reason: strongest.reason
  };
}

// ../packages/guard/src/waiver.ts
function findWaiver(finding, entries) {
  const own = entries.filter((entry) => isOfPackage(entry, finding));
  const whole = own.find(({ id }) => finding.ids.includes(id));
  if (whole !== void 0) return [whole];
  const each = (finding.parts ?? []).flatMap((part) => own.find(({ id }) => id === part) ?? []);
  return each.length > 0 && each.length === finding.parts?.length ? each : void 0;
}
function isAbout(entry, finding) {
  return isOfPackage(entry, finding) && (finding.ids.includes(entry.id) || finding.parts?.includes(entry.id) === true);
}
function unnamedParts(finding, entries) {
  const own = entries.filter((entry) => isOfPackage(entry, finding));
  return (finding.parts ?? []).filter((part) => !own.some(({ id }) => id === part));
}
function isOfPackage(entry, finding) {
  return entry.package === void 0 || entry.package === finding.package;
}

// ../packages/guard/src/decide-gate.ts
function decideGate(findings, rules, baseline, concerns = []) {
  const known = findKnown(findings, baseline ?? []);
  const inForce = rules.ignore.filter(({ until }) => until >= rules.today);
  const decided = findings.map((finding) => ({
    finding,
    ...decide(finding, rules, inForce, known.has(finding)),
    ...baseline === void 0 ? {} : { isNew: !known.has(finding) }
  }));
  const merged = [...mergeFindings(decided)].sort(compareFindings);
  const now = new Set(findings.map(flawKey));
  const gone = fixedSince(baseline?.filter((finding) => !now.has(flawKey(finding))) ?? []);
  const counts = countBySeverity(merged, gone);
  const blocking = merged.filter(({ decision }) => decision === "blocks").length;
  const told = concerns.map((concern) => ({
    ...concern,
    blocks: (concern.kind === "end-of-life" ? rules.endOfLife : rules.unrecognised) === "block"
  }));
  return {
    verdict: blocking === 0 && !told.some(({ blocks }) => blocks) ? "pass" : rules.mode,
    reason: reasonOf({ counts, blocking, found: countFound(merged.length, findings), concerns: told }, rules),
    counts,
    findings: merged,
    concerns: told,
    fixed: gone,
    expired: rules.ignore.filter(({ until }) => until < rules.today).map((entry) => ({ ...entry, findings: countNamed(entry, findings) })),
    unused: inForce.filter((entry) => countNamed(entry, findings) === 0),
    partial: listPartial(decided, inForce)
  };
}
function decide(finding, rules, inForce, isKnown) {
  const { severity } = finding;
  if (!rules.severities.includes(severity)) return { decision: "below", reason: `${severity} does not block` };
  const waiver = findWaiver(finding, inForce);
  if (waiver !== void 0) return { decision: "ignored", reason: describeWaiver(waiver) };
  if (rules.ignoreUnfixed && finding.fixed === "" && finding.secret !== true) {
    return { decision: "unfixed", reason: "no version fixes it yet" };
  }
  if (rules.newOnly && isKnown) return { decision: "known", reason: "the baseline has it too" };
  return { decision: "blocks", reason: rules.newOnly ? `${severity} and new` : severity };
}
function describeWaiver(entries) {
  const [until = ""] = entries.map((entry) => entry.until).sort();
  return `ignored until ${until}: ${[...new Set(entries.map(({ reason }) => reason))].join("; ")}`;
}
function countNamed(entry, findings) {
  const meant = findings.filter((finding) => isAbout(entry, finding));
  return new Set(meant.map(({ id, packageKey }) => JSON.stringify([id, packageKey]))).size;
}
function listPartial(decided, inForce) {
  const open = decided.filter(({ decision }) => decision === "blocks").map(({ finding }) => finding);
  return inForce.flatMap((entry) => {
    const finding = open.find((candidate) => isAbout(entry, candidate));
    return finding === void 0 ? [] : [{ ...entry, advisory: finding.id, unnamed: unnamedParts(finding, inForce) }];
  });
}
function compareFindings(one, other) {
  const blocks = ({ decision }) => decision === "blocks" ? 0 : 1;
  const isOld = ({ isNew }) => isNew === true ? 0 : 1;
  return blocks(one) - blocks(other) || compareSeverity(other.severity, one.severity) || isOld(one) - isOld(other) || decisions.indexOf(one.decision) - decisions.indexOf(other.decision) || compareText(one.package, other.package) || compareText(one.id, other.id) || compareText(one.installed, other.installed);
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
  const count2 = (severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    return {
      found: found.length,
      new: found.filter(({ isNew }) => isNew === true).length,
      fixed: fixed.filter((finding) => finding.severity === severity).length,
      blocking: found.filter(({ decision }) => decision === "blocks").length
    };
  };
  const pairs = severities.map((severity) => [severity, count2(severity)]);
  return Object.fromEntries(pairs);
}
function countFound(rows, findings) {
  const [one, many] = findings.some(({ secret }) => secret === true) ? ["finding", "findings"] : ["vulnerability", "vulnerabilities"];
  return rows === 0 ? "" : `${rows} ${rows === 1 ? one : many} found`;
}
function reasonOf({ counts, blocking, found, concerns }, { mode, severities: asked }) {
  const stopping = concerns.filter(({ blocks }) => blocks).map(nameConcern);
  if (blocking + stopping.length === 0) {
    const result = found === "" ? "Nothing was found" : `None of ${found} blocks (${asked.join(", ")} would)`;
    const little = concerns.map(describeConcern).join(" and ");
    return little === "" ? `${result}.` : `${result}, but ${little}.`;
  }
  const verb = mode === "block" ? `${blocking + stopping.length === 1 ? "blocks" : "block"} this image` : "would block this image; the mode is report";
  const what = [...blocking === 0 ? [] : [describeBlocking(counts)], ...stopping].join(" and ");
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${verb}.`;
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

// ../packages/guard/src/flaw-ids.ts
function readFlawIds(own, related, advisories = []) {
  const named = own.trim().toUpperCase();
  const clean = (ids) => [
    ...new Set(ids.map((id) => id.trim().toUpperCase()).filter((id) => id !== "" && id !== named))
  ];
  const others = clean(related);
  const cves = others.filter(isCve);
  const holders = clean(advisories);
  if (isCve(named)) {
    return { id: named, ids: [.../* @__PURE__ */ new Set([named, ...others.filter((id) => !isCve(id)), ...holders])], parts: [] };
  }
  const flaws = cves.length > 0 ? cves : others;
  const [only, ...more] = flaws;
  if (only === void 0 || more.length === 0) {
    const id = only !== void 0 && isCve(only) ? only : named;
    return { id, ids: [.../* @__PURE__ */ new Set([id, named, ...flaws, ...holders])], parts: [] };
  }
  return { id: named, ids: [.../* @__PURE__ */ new Set([named, ...holders])], parts: flaws };
}
function isCve(id) {
  return id.startsWith("CVE-");
}

// ../packages/guard/src/package-key.ts
function packageKeyOf(purl, name) {
  const core = /^(pkg:[^?#]+?)(?:@[^@/?#]*)?(?:[?#].*)?$/s.exec(purl.trim())?.[1];
  return core?.toLowerCase() ?? `name:${name.toLowerCase()}`;
}

// ../packages/guard/src/report-reader.ts
var types = {
  "a text": (value) => typeof value === "string",
  "true or false": (value) => typeof value === "boolean",
  "a number": (value) => typeof value === "number",
  "an object": isRecord,
  "a list": Array.isArray
};
function openReport(value, report, place = "") {
  const refuse = (where, is) => {
    throw new InputError(`Report ${report} is damaged: ${where || "it"} ${is}. Scan again.`);
  };
  const check = (found, type, where) => {
    if (types[type]?.(found) !== true) refuse(where, `is ${nameOf(found)}, not ${type}`);
  };
  check(value, "an object", place);
  const record = value;
  const at = (key) => place === "" ? key : `${place}.${key}`;
  const read = (key, type, missing) => {
    const found = Object.hasOwn(record, key) ? record[key] : void 0;
    if (found === void 0 || found === null) return missing;
    check(found, type, at(key));
    return found;
  };
  const items = (key) => read(key, "a list", []);
  const text = (key) => read(key, "a text", "");
  return {
    has: (key) => Object.hasOwn(record, key) && record[key] !== null,
    text,
    required: (key) => {
      const found = text(key);
      return found.trim() === "" ? refuse(at(key), "is missing") : found;
    },
    flag: (key) => read(key, "true or false", false),
    number: (key) => String(read(key, "a number", "")),
    object: (key) => openReport(read(key, "an object", {}), report, at(key)),
    objects: (key) => items(key).map((item, index) => openReport(item, report, `${at(key)}[${index}]`)),
    texts: (key) => items(key).map((item, index) => {
      check(item, "a text", `${at(key)}[${index}]`);
      return item;
    })
  };
}
function nameOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  return typeof value === "string" ? "a text" : String(value);
}

// ../packages/guard/src/report-text.ts
var LONGEST = 200;
function oneLine(text) {
  const line = text.slice(0, 20 * LONGEST).toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : line;
}
function digestsIn(texts) {
  return [...new Set(texts.flatMap((text) => text.match(/sha256:[0-9a-f]{64}(?![0-9a-f])/g) ?? []))];
}
function platformText(about) {
  const [os, architecture, variant] = ["os", "architecture", "variant"].map(about.text);
  if (os === "" || architecture === "") return void 0;
  return [os, architecture, variant].filter((part) => part !== "").join("/");
}
function pathText(path) {
  return oneLine(path.replace(/^\/+/u, ""));
}

// ../packages/guard/src/grype-report.ts
function isGrypeReport(report) {
  return Array.isArray(report.matches) || isRecord(report.descriptor) && report.descriptor.name === "grype";
}
var folders = ["directory", "file"];
var systemPackages = ["deb", "rpm", "apk", "alpm", "portage", "linux-kernel"];
function readGrypeReport(value, name) {
  const report = openReport(value, name);
  if (!report.has("matches")) throw new InputError(`Report ${name} is damaged: matches is missing. Scan again.`);
  const source = report.object("source");
  const type = source.required("type");
  const isImage = type === "image";
  if (!isImage && !folders.includes(type)) {
    throw new InputError(`Report ${name} is of a ${oneLine(type)}: scan an image or a folder.`);
  }
  const target = isImage ? source.object("target") : void 0;
  const platform = target === void 0 ? void 0 : platformText(target);
  const findings = report.objects("matches").map(readMatch);
  const system = endOfLife(report);
  return {
    name,
    scanner: "grype",
    kind: isImage ? "image" : "filesystem",
    digests: target === void 0 ? [] : digestsIn([target.text("userInput"), target.text("manifestDigest"), ...target.texts("repoDigests")]),
    ...platform === void 0 ? {} : { platform },
    // It does not list packages without a match: where it knows no system either, it may have known nothing.
    recognised: findings.length > 0 || report.object("distro").text("name") !== "",
    ...system === void 0 ? {} : { endOfLife: system },
    undecided: [],
    findings
  };
}
function endOfLife(report) {
  const alert = report.objects("alertsByPackage").flatMap((about) => about.objects("alerts")).find((candidate) => candidate.text("type") === "distro-eol");
  if (alert === void 0) return void 0;
  const [told, distro] = [alert.object("metadata"), report.object("distro")];
  const words = ["name", "version"].map((key) => told.text(key) || distro.text(key)).filter((word) => word !== "");
  return oneLine(words.join(" ") || "the operating system");
}
function readMatch(match) {
  const [vulnerability, artifact] = [match.object("vulnerability"), match.object("artifact")];
  const related = match.objects("relatedVulnerabilities");
  const packageName = artifact.required("name");
  const { id, ids, parts } = readFlawIds(
    vulnerability.required("id"),
    related.map((item) => item.text("id")),
    vulnerability.objects("advisories").map((item) => item.text("id"))
  );
  const title = [vulnerability, ...related].map((item) => item.text("description")).find((text) => text !== "");
  const path = pathOf(artifact);
  return {
    id,
    ids,
    ...parts.length === 0 ? {} : { parts },
    package: oneLine(packageName),
    packageKey: packageKeyOf(artifact.text("purl"), packageName),
    installed: oneLine(artifact.text("version")),
    fixed: fixedVersion(vulnerability.object("fix")),
    ...path === "" ? {} : { path },
    severity: readSeverity(vulnerability.required("severity")),
    scanner: "grype",
    title: oneLine(title ?? ""),
    url: vulnerability.text("dataSource")
  };
}
function pathOf(artifact) {
  const locations = artifact.objects("locations");
  if (systemPackages.includes(artifact.text("type"))) return "";
  const told = locations.find((location) => location.object("annotations").text("evidence") === "primary");
  return pathText((told ?? locations[0])?.text("path") ?? "");
}
function fixedVersion(fix) {
  const versions = fix.texts("versions").filter((version) => version !== "");
  const named = oneLine(versions.join(", "));
  return named === "" && fix.required("state") === "fixed" ? "a later version" : named;
}

// ../packages/guard/src/trivy-report.ts
function isTrivyReport(report) {
  return typeof report.SchemaVersion === "number" && typeof report.ArtifactName === "string";
}
var folders2 = ["filesystem", "repository"];
var packageClasses = ["os-pkgs", "lang-pkgs"];
function readTrivyReport(value, name) {
  if (value.SchemaVersion !== 2) {
    throw new InputError(`Report ${name} is Trivy's schema ${value.SchemaVersion}: schema 2 is known here.`);
  }
  const report = openReport(value, name);
  const type = report.required("ArtifactType");
  const isImage = type === "container_image";
  if (!isImage && !folders2.includes(type)) {
    throw new InputError(`Report ${name} is of a ${oneLine(type)}: scan an image, a folder or a repository.`);
  }
  const metadata = report.object("Metadata");
  const os = metadata.object("OS");
  const platform = isImage ? platformText(metadata.object("ImageConfig")) : void 0;
  const results = report.objects("Results");
  return {
    name,
    scanner: "trivy",
    kind: isImage ? "image" : "filesystem",
    digests: isImage ? digestsIn([report.text("ArtifactName"), ...metadata.texts("RepoDigests")]) : [],
    ...platform === void 0 ? {} : { platform },
    recognised: results.filter((result) => packageClasses.includes(result.required("Class"))).length > 0,
    ...os.flag("EOSL") ? { endOfLife: oneLine(`${os.text("Family")} ${os.text("Name")}`) } : {},
    undecided: [
      ...tellCount(count(results, "Misconfigurations"), "misconfiguration"),
      ...tellCount(count(results, "Licenses"), "license")
    ],
    findings: results.flatMap((result) => [
      ...result.objects("Vulnerabilities").map((item) => readVulnerability(item, result)),
      ...result.objects("Secrets").map((item) => readSecret(item, result))
    ])
  };
}
function count(results, key) {
  return results.reduce((sum, result) => sum + result.objects(key).length, 0);
}
function tellCount(number, what) {
  return number === 0 ? [] : [`${number} ${what}${number === 1 ? "" : "s"}`];
}
function readVulnerability(item, result) {
  const packageName = item.required("PkgName");
  const fixed = oneLine(item.text("FixedVersion"));
  const { id, ids, parts } = readFlawIds(item.required("VulnerabilityID"), [], item.texts("VendorIDs"));
  const path = result.text("Class") === "os-pkgs" ? "" : pathText(item.text("PkgPath") || result.text("Target"));
  return {
    id,
    ids,
    ...parts.length === 0 ? {} : { parts },
    package: oneLine(packageName),
    packageKey: packageKeyOf(item.object("PkgIdentifier").text("PURL"), packageName),
    installed: oneLine(item.text("InstalledVersion")),
    fixed: fixed === "" && item.text("Status") === "fixed" ? "a later version" : fixed,
    ...path === "" ? {} : { path },
    severity: readSeverity(item.required("Severity")),
    scanner: "trivy",
    title: oneLine(item.text("Title") || item.text("Description")),
    url: item.text("PrimaryURL")
  };
}
function readSecret(item, result) {
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
    url: ""
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

// ../packages/guard/src/describe-undecided.ts
function describeUndecided(reports) {
  return reports.filter(({ undecided }) => undecided.length > 0).map(
    ({ name, undecided }) => `Report ${name} holds ${undecided.join(" and ")}, about which this gate decides nothing: look at them there.`
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
function explainPartial({
  line,
  id,
  advisory,
  unnamed
}) {
  return `Line ${line} of the ignore list is for ${id}, which is one of several flaws in ${advisory}: it blocks until ${advisory} or ${unnamed.join(", ")} is ignored too.`;
}

// ../packages/guard/src/scan-target.ts
function placeReports(reports, targets, scanners, options) {
  const placed = reports.map((report) => ({ report, platform: placeOf(report, targets, options) }));
  for (const { platform } of targets ?? []) {
    for (const scanner of scanners) {
      if (placed.some((place) => place.platform === platform && place.report.scanner === scanner)) continue;
      throw new InputError(`There is no report of ${scanner} on ${platform}: every platform must be scanned.`);
    }
  }
  return placed;
}
function assignReports(...args) {
  return findingsOf(placeReports(...args));
}
function findingsOf(placed) {
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
  const placed = targets.flatMap(
    (target) => scanners.flatMap((scanner) => {
      const own = reports.filter((report) => report.scanner === scanner && report.digests.includes(target.digest));
      try {
        return placeReports(own, [target], [scanner], placing);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        notScanned.push(error.message);
        return [];
      }
    })
  );
  const result = decideGate(findingsOf(placed), rules, void 0, findConcerns(placed));
  return {
    ...{ result, notScanned },
    notes: [
      ...result.concerns.map(({ detail }) => detail),
      ...describeUndecided(placed.map(({ report }) => report)),
      ...result.expired.filter((entry) => entry.findings > 0).map((entry) => `${explainExpired(entry)}.`),
      ...result.partial.map(explainPartial)
    ]
  };
}

export {
  findConcerns,
  severities,
  parseSeverities,
  describeBlocking,
  decideGate,
  describeUndecided,
  parseIgnoreList,
  explainExpired,
  explainPartial,
  placeReports,
  assignReports,
  findingsOf,
  judgeImage,
  judgeShipment,
  readReport
};
