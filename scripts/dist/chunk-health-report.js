import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  isDigest
} from "./chunk-semver.js";
import {
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError,
  isRecord
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/scans/health-report.ts
var import_node_fs = __toESM(require_node_fs(), 1);
function problemsOf(report) {
  return listAll(report).filter(({ kind }) => kind !== "not-checked");
}
function uncheckedOf(report) {
  return listAll(report).filter(({ kind }) => kind === "not-checked");
}
function listAll(report) {
  const at = (where, problems) => problems.map((problem) => ({ ...problem, where }));
  return [
    ...report.images.flatMap(({ image, problems, tags }) => [
      ...at(image, problems),
      ...tags.flatMap(({ tag, problems: own }) => at(`${image}:${tag}`, own))
    ]),
    ...(report.scans ?? []).flatMap((scan) => at(whereOf(scan), scan.problems))
  ];
}
function countProblems({ length }) {
  return length === 1 ? "1 problem" : `${length} problems`;
}
function describeHealth(found) {
  const problems = found.filter(({ kind }) => kind !== "not-checked");
  if (problems.length === found.length) return found.length === 0 ? "ok" : countProblems(problems);
  return problems.length === 0 ? "not checked" : `${countProblems(problems)}, not all checked`;
}
function whereOf({ image, tags }) {
  return `${image}:${tags.join(", ")}`;
}
var largestReport = 64 * 1024 * 1024;
function readHealthReport(path) {
  let value;
  try {
    if ((0, import_node_fs.statSync)(path).size > largestReport) throw new Error("It is larger than any report.");
    value = JSON.parse((0, import_node_fs.readFileSync)(path, "utf8"));
  } catch (cause) {
    throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which is no JSON file that can be read.`, {
      cause
    });
  }
  if (isReport(value)) return value;
  throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which is no report of verify-image.`);
}
function isReport(value) {
  return isRecord(value) && value.format === "longshore-verify-1" && [value.checkedAt, value.run].every(isText) && isListOf(
    value.images,
    (image) => isText(image.image) && isProblems(image.problems) && isListOf(image.tags, isTag)
  ) && (value.scans === void 0 || isListOf(value.scans, isScan));
}
function isTag(tag) {
  return [tag.tag, tag.digest, tag.revision, tag.created].every(isText) && isRecord(tag.manifests) && (tag.digest === "" || isDigest(String(tag.digest))) && Object.values(tag.manifests).every((digest) => isDigest(String(digest))) && isProblems(tag.problems);
}
function isScan(scan) {
  return [scan.image, scan.digest].every(isText) && Array.isArray(scan.tags) && scan.tags.every(isText) && isProblems(scan.problems);
}
function isProblems(value) {
  return isListOf(value, ({ kind, detail }) => isText(kind) && isText(detail));
}
function isListOf(value, is) {
  return Array.isArray(value) && value.every((item) => isRecord(item) && is(item));
}
function isText(value) {
  return typeof value === "string";
}

export {
  problemsOf,
  uncheckedOf,
  countProblems,
  describeHealth,
  whereOf,
  readHealthReport
};
