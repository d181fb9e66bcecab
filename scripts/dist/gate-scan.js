import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  listFiles,
  placing,
  readIgnoreFile,
  readInputFile
} from "./chunk-list-files.js";
import {
  readGateInputs
} from "./chunk-gate-inputs.js";
import {
  readClock
} from "./chunk-clock.js";
import "./chunk-inside-repository.js";
import {
  assignReports,
  decideGate,
  describeUndecided,
  explainExpired,
  explainPartial,
  findConcerns,
  findingsOf,
  placeReports,
  readReport,
  severities
} from "./chunk-decide-gate.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  notice,
  readBoolean,
  readLines,
  readText,
  runStep,
  setFailed,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  isDigest,
  parsePlatform,
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  linkText,
  quoteValue,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// gate-scan/main.ts
var import_node_fs = __toESM(require_node_fs(), 1);

// gate-scan/collect-findings.ts
var import_node_path = __toESM(require_node_path(), 1);
function collectFindings({ reports, baseline, targets, scanners, ignoreFile }) {
  const read = listFiles(reports).map((path) => readReport(readInputFile("reports", path), (0, import_node_path.basename)(path)));
  const missing = reports.filter(
    (path) => listFiles([path]).length === 0 && (read.length === 0 || !/[*?[{]/u.test(path))
  );
  if (missing.length > 0) throw new InputError(`Input \`reports\` matches no file: ${missing.join(", ")}.`);
  const before = listFiles(baseline).map((path) => readReport(readInputFile("baseline", path), (0, import_node_path.basename)(path)));
  const placed = placeReports(read, targets, targets === void 0 ? [] : scanners, placing);
  return {
    findings: findingsOf(placed),
    concerns: findConcerns(placed),
    baseline: before.length === 0 ? void 0 : assignReports(before, baselineOf(targets), [], placing),
    ignoreList: readIgnoreFile(ignoreFile),
    notes: describeUndecided(read)
  };
}
function baselineOf(targets) {
  return targets?.flatMap(({ platform, baseline }) => baseline === void 0 ? [] : [{ platform, digest: baseline }]);
}

// gate-scan/describe-result.ts
var MOST_ROWS = 50;
function describeResult({ findings, reason }) {
  const blocking = findings.filter(({ decision }) => decision === "blocks");
  const rows = blocking.map((row) => [
    row.severity,
    row.id,
    `${row.package}${tellPaths(row)}`,
    change(row),
    row.platforms.join(" "),
    row.title
  ]);
  return [reason, formatTextTable(rows)].filter((text) => text !== "").join("\n");
}
function listBlocked({ findings, concerns }) {
  return [
    ...concerns.filter(({ blocks }) => blocks).map(({ kind, about }) => `${kind} ${about}`),
    ...findings.filter(({ decision }) => decision === "blocks").map(({ id, package: name, installed }) => [id, name, installed].join(" "))
  ];
}
function summariseResult(gate) {
  const { result, image } = gate;
  const titles = { pass: "Scan passed", block: "Scan blocks", report: "Scan reports" };
  return [
    `### ${titles[result.verdict]}

`,
    image === "" ? "" : `${codeText(image)}. `,
    `${escapeMarkdown(result.reason)}

`,
    tableOfCounts(gate),
    tableOfFindings(gate),
    tableOfFixed(result),
    listOfNotes(gate)
  ].join("");
}
function tableOfCounts({ result, compares }) {
  const rows = severities.toReversed().map((severity) => ({ severity, count: result.counts[severity] })).filter(({ count }) => count.found + count.fixed > 0).map(({ severity, count }) => [
    severity,
    ...(compares ? [count.new, count.fixed] : []).map(String),
    String(count.found),
    String(count.blocking)
  ]);
  if (rows.length === 0) return "";
  return formatMarkdownTable({
    header: ["severity", ...compares ? ["new", "fixed"] : [], "found", "blocking"],
    rows
  });
}
function tableOfFindings({ result, compares }) {
  const told = result.findings.filter(({ decision }) => decision !== "below");
  if (told.length === 0) return "";
  const rows = told.slice(0, MOST_ROWS).map((row) => [
    row.severity,
    linkText(row.id, row.url),
    escapeMarkdown(`${row.package}${tellPaths(row)}`),
    escapeMarkdown(change(row)),
    escapeMarkdown(row.platforms.join(", ")),
    ...compares ? [row.isNew === true ? "new" : "known"] : [],
    escapeMarkdown(row.decision === "blocks" ? "blocks" : row.reason),
    escapeMarkdown(row.title)
  ]);
  const more = told.length - rows.length;
  const header = [
    "severity",
    "id",
    "package",
    "installed → fixed",
    "platforms",
    ...compares ? ["compared"] : [],
    "decision",
    "what"
  ];
  return `${formatMarkdownTable({ header, rows })}${more > 0 ? `and ${more} more: see the JSON result.

` : ""}`;
}
function tableOfFixed({ fixed }) {
  if (fixed.length === 0) return "";
  const rows = fixed.slice(0, MOST_ROWS).map((row) => [row.severity, escapeMarkdown(row.id), escapeMarkdown(row.package), row.platforms.join(", ")]);
  const more = fixed.length - rows.length;
  const table = formatMarkdownTable({ header: ["severity", "fixed here", "package", "platforms"], rows });
  return `${table}${more > 0 ? `and ${more} more.

` : ""}`;
}
function listOfNotes({ notes }) {
  return notes.length === 0 ? "" : `${notes.map((note) => `- ${escapeMarkdown(note)}`).join("\n")}

`;
}
var MOST_PATHS = 3;
function tellPaths({ package: name, paths }) {
  const places = paths.filter((path) => path !== name);
  if (places.length === 0) return "";
  const more = places.length - MOST_PATHS;
  return ` (${places.slice(0, MOST_PATHS).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}
function change({ installed, fixed }) {
  return `${installed} → ${fixed === "" ? "none yet" : fixed}`;
}

// gate-scan/list-notes.ts
function listNotes(result, { baseline, ignoreList, notes }, request) {
  const expired = result.expired.map(
    (entry) => `${explainExpired(entry)}${entry.findings === 0 ? "; it is not found either, so the line can go" : ""}.`
  );
  const unused = result.unused.map(
    ({ id, line }) => `Line ${line} of the ignore list is for ${id}, which is not found: it can go.`
  );
  const compares = request.rules.newOnly && baseline === void 0 ? [
    "There is nothing to compare with: everything found counts as new. Give the input baseline an image that exists."
  ] : [];
  return {
    warnings: [
      ...result.concerns.map(({ detail }) => detail),
      ...ignoreList.malformed,
      ...expired,
      ...result.partial.map(explainPartial),
      ...notes,
      ...compares
    ],
    notices: [...request.notes, ...unused]
  };
}

// gate-scan/parse-targets.ts
function parseTargets(text) {
  const list = parseList(text);
  if (list.length === 0) throw new InputError("Input `targets` is an empty list: give the output of wait-for-image.");
  return list.map((item) => {
    const { platform, digest, baseline = "" } = item ?? {};
    if (typeof platform !== "string" || typeof digest !== "string" || !isDigest(digest) || typeof baseline !== "string") {
      throw new InputError(
        "Input `targets` holds an item without `platform` or `digest`: give the output of wait-for-image."
      );
    }
    const before = baseline.slice(baseline.indexOf("@") + 1);
    return { platform: parsePlatform(platform), digest, ...isDigest(before) ? { baseline: before } : {} };
  });
}
function parseList(text) {
  try {
    const list = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {
  }
  throw new InputError(`Input \`targets\` is no JSON list: it starts ${quoteValue(text, 40)}.`);
}

// gate-scan/read-request.ts
var blockingEvents = ["pull_request", "pull_request_target", "merge_group"];
function readRequest() {
  const reports = readLines("reports");
  if (reports.length === 0)
    throw new InputError("Input `reports` is missing: give the path of one JSON report at least.");
  const targets = readText("targets");
  const { scanners, mode, severities: severities2, endOfLife, unrecognised } = readGateInputs();
  return {
    reports,
    baseline: readLines("baseline"),
    targets: targets === "" ? void 0 : parseTargets(targets),
    scanners,
    image: readText("image"),
    rules: {
      mode: mode === "auto" ? modeOfEvent() : mode,
      ...{ severities: severities2, endOfLife, unrecognised },
      ignoreUnfixed: readBoolean("ignore-unfixed", false),
      newOnly: readBoolean("new-only", false),
      today: readClock().toISOString().slice(0, 10)
    },
    ignoreFile: readText("ignore-file"),
    resultFile: readText("result-file"),
    notes: readLines("notes")
  };
}
function modeOfEvent() {
  return blockingEvents.includes(process.env.GITHUB_EVENT_NAME ?? "") ? "block" : "report";
}

// gate-scan/main.ts
var MOST_BLOCKED = 200;
await runStep(async () => {
  const request = readRequest();
  const collected = collectFindings(request);
  const rules = { ...request.rules, ignore: collected.ignoreList.entries };
  const result = decideGate(collected.findings, rules, collected.baseline, collected.concerns);
  const { warnings, notices } = listNotes(result, collected, request);
  printText(describeResult(result));
  for (const sentence of warnings) warning(showText(sentence));
  for (const sentence of notices) notice(showText(sentence));
  if (request.resultFile !== "")
    (0, import_node_fs.writeFileSync)(request.resultFile, JSON.stringify({ image: request.image, rules, ...result }));
  writeOutputs({
    verdict: result.verdict,
    reason: result.reason,
    counts: JSON.stringify(result.counts),
    blocked: listBlocked(result).slice(0, MOST_BLOCKED).join("\n")
  });
  const compares = collected.baseline !== void 0;
  writeSummary(summariseResult({ result, image: request.image, notes: [...warnings, ...notices], compares }));
  if (result.verdict === "block") setFailed(result.reason);
});
