import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  describeHealth,
  problemsOf,
  readHealthReport,
  uncheckedOf,
  whereOf
} from "./chunk-health-report.js";
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
  describeBlocking,
  judgeImage,
  readReport,
  severities
} from "./chunk-decide-gate.js";
import {
  formatMarkdownTable,
  formatTextTable,
  writeSummary
} from "./chunk-step-summary.js";
import {
  readBoolean,
  readLines,
  readRequired,
  readText,
  runStep,
  setFailed,
  warning,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  groupBy,
  require_node_path
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import {
  codeText,
  escapeMarkdown,
  linkText,
  require_node_fs,
  showText
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// add-scans/main.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);

// add-scans/describe-scans.ts
var columns = severities.toReversed();
var mostListed = 20;
function describeScans(scans) {
  const rows = scans.map((scan) => [
    whereOf(scan),
    ...columns.map((severity) => `${scan.counts[severity].found} ${severity}`),
    describeHealth(scan.problems)
  ]);
  const problems = scans.flatMap(
    (scan) => scan.problems.map(({ kind, detail }) => `${whereOf(scan)}: ${kind}: ${detail}`)
  );
  return [formatTextTable(rows), ...problems].filter((line) => line !== "").join("\n");
}
function summariseScans(scans, notes) {
  const bad = scans.filter(({ problems }) => problems.length > 0).length;
  const title = bad === 0 ? "Published images pass the scan" : `${bad} of ${scans.length} images do not pass the scan`;
  const rows = scans.map((scan) => [
    codeText(whereOf(scan)),
    ...columns.map((severity) => String(scan.counts[severity].found)),
    [
      ...scan.problems.filter(({ kind }) => kind === "not-checked").map(({ detail }) => escapeMarkdown(detail)),
      ...listBlocking(scan)
    ].join("<br>") || "ok"
  ]);
  const table = formatMarkdownTable({ header: ["image", ...columns, ""], rows });
  return `### ${title}

${table}${notes.map((note) => `- ${escapeMarkdown(note)}
`).join("")}`;
}
function listBlocking({ blocking }) {
  const lines = blocking.slice(0, mostListed).map(
    ({ severity, id, url, package: name, installed, fixed }) => `${severity} ${linkText(id, url)} ${escapeMarkdown(`${name} ${installed} → ${fixed || "none yet"}`)}`
  );
  return blocking.length > mostListed ? [...lines, `and ${blocking.length - mostListed} more`] : lines;
}

// add-scans/judge-images.ts
function judgeImages({ images }, reports, how) {
  const judged = images.flatMap(
    ({ image, tags }) => [...groupBy(tags, ({ digest }) => digest)].filter(([digest]) => digest !== "").map(([digest, named]) => {
      const targets = targetsOf(named);
      const { result, notScanned, notes } = judgeImage(targets, reports, { ...how, placing });
      const what = { image, digest, tags: named.map(({ tag }) => tag) };
      return { notes, scan: describe(what, result, targets.length === 0 ? [nothingToScan] : notScanned) };
    })
  );
  return {
    scans: judged.map(({ scan }) => scan),
    notes: [...new Set(judged.flatMap(({ notes }) => notes))]
  };
}
var nothingToScan = "It holds no platform that can be scanned.";
function targetsOf([first]) {
  return Object.entries(first?.manifests ?? {}).map(([platform, digest]) => ({ platform, digest }));
}
function describe(what, { findings, counts }, notScanned) {
  const blocking = findings.filter(({ decision }) => decision === "blocks");
  return {
    ...{ ...what, counts },
    blocking: blocking.map(({ id, severity, package: name, installed, fixed, platforms, url }) => ({
      ...{ id, severity, package: name, installed, fixed, platforms, url }
    })),
    problems: [
      ...tellVulnerable(blocking, counts),
      ...notScanned.map((detail) => ({ kind: "not-checked", detail }))
    ]
  };
}
var mostNamed = 5;
function tellVulnerable(blocking, counts) {
  if (blocking.length === 0) return [];
  const named = blocking.slice(0, mostNamed).map(
    ({ id, package: name, installed, fixed }) => `${id} in ${name} ${installed} (${fixed === "" ? "no fix yet" : `fixed in ${fixed}`})`
  );
  const more = blocking.length > mostNamed ? ` and ${blocking.length - mostNamed} more` : "";
  const fix = blocking.some(({ fixed }) => fixed !== "") ? " Build it again, with a base image that has the fixes." : "";
  return [
    { kind: "vulnerable", detail: `The scan found ${describeBlocking(counts)}: ${named.join(", ")}${more}.${fix}` }
  ];
}

// add-scans/read-request.ts
function readRequest() {
  const reports = readLines("reports");
  if (reports.length === 0) {
    throw new InputError("Input `reports` is missing: give the path or glob of the scanners' JSON reports.");
  }
  const { scanners, severities: severities2, endOfLife, unrecognised } = readGateInputs();
  const { entries, malformed } = readIgnoreFile(readText("ignore-file"));
  return {
    report: readRequired("report"),
    reports,
    scanners,
    rules: {
      ...{ mode: "block", newOnly: false, ignore: entries, today: readClock().toISOString().slice(0, 10) },
      ...{ severities: severities2, endOfLife, unrecognised },
      ignoreUnfixed: readBoolean("ignore-unfixed", false)
    },
    warnings: malformed,
    failOnProblems: readBoolean("fail-on-problems", true)
  };
}

// add-scans/main.ts
await runStep(async () => {
  const request = readRequest();
  const looked = readHealthReport(request.report);
  const warnings = [...request.warnings];
  const reports = readReports(request.reports, (sentence2) => warnings.push(sentence2));
  const { scans, notes } = judgeImages(looked, reports, request);
  warnings.push(...notes);
  const report = { ...looked, scans };
  (0, import_node_fs.writeFileSync)(request.report, `${JSON.stringify(report, void 0, 1)}
`);
  const [problems, unchecked] = [problemsOf(report).length, uncheckedOf(report).length];
  printText(describeScans(scans));
  for (const sentence2 of warnings) warning(showText(sentence2));
  writeSummary(summariseScans(scans, warnings));
  writeOutputs({
    healthy: String(problems + unchecked === 0),
    problems: String(problems),
    "not-checked": String(unchecked)
  });
  const own = { ...report, images: [] };
  const [first, ...more] = [...problemsOf(own), ...uncheckedOf(own)];
  if (first === void 0) return;
  const sentence = `${first.where}: ${first.detail}${more.length === 0 ? "" : ` There are ${more.length} more, see the summary.`}`;
  if (request.failOnProblems) setFailed(showText(sentence));
  else warning(showText(sentence));
});
function readReports(patterns, tell) {
  return listFiles(patterns).flatMap((path) => {
    try {
      return [readReport(readInputFile("reports", path), (0, import_node_path.basename)(path))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      tell(error.message);
      return [];
    }
  });
}
