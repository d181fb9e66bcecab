import { readFileSync, statSync } from "node:fs";
import type { GateFinding, GateResult } from "@longshore/guard";
import { InputError, isRecord } from "@longshore/language";
import { type HealthProblem, isDigest } from "@longshore/publishing";
import { quoteValue } from "../step/escape.ts";

/** What verify-image found, and add-scans after it, as JSON for report-issue and for whoever keeps it. */
export interface HealthReport {
  readonly format: "longshore-verify-1";
  /** RFC 3339 */
  readonly checkedAt: string;
  /** Page of the run, or empty */
  readonly run: string;
  readonly images: readonly ImageHealth[];
  /** One for each digest that tags name; absent until add-scans has added them. */
  readonly scans?: readonly ScanHealth[];
}

export interface ImageHealth {
  /** `ghcr.io/acme/app` */
  readonly image: string;
  /** Of the repository as a whole */
  readonly problems: readonly HealthProblem[];
  readonly tags: readonly TagHealth[];
}

export interface TagHealth {
  readonly tag: string;
  /** Empty where it names nothing */
  readonly digest: string;
  readonly revision: string;
  readonly created: string;
  /** Platform to digest of its manifest, those that are there. */
  readonly manifests: Readonly<Record<string, string>>;
  readonly problems: readonly HealthProblem[];
}

/** What scanners found in one image. */
export interface ScanHealth {
  readonly image: string;
  readonly digest: string;
  /** Those that name it. */
  readonly tags: readonly string[];
  readonly counts: GateResult["counts"];
  /** What blocks by the rules, the worst first. */
  readonly blocking: readonly Pick<
    GateFinding,
    "id" | "severity" | "package" | "installed" | "fixed" | "platforms" | "url"
  >[];
  readonly problems: readonly HealthProblem[];
}

/** Something that was found or not looked at, with the reference it is of. */
export type PlacedProblem = HealthProblem & { readonly where: string };

/** Every problem of an image. What could not be checked is none: see uncheckedOf. */
export function problemsOf(report: HealthReport): readonly PlacedProblem[] {
  return listAll(report).filter(({ kind }) => kind !== "not-checked");
}

/** Every check that was asked for and could not be made. It is neither a problem of the image nor a reason to call it well. */
export function uncheckedOf(report: HealthReport): readonly PlacedProblem[] {
  return listAll(report).filter(({ kind }) => kind === "not-checked");
}

function listAll(report: HealthReport): readonly PlacedProblem[] {
  const at = (where: string, problems: readonly HealthProblem[]) => problems.map((problem) => ({ ...problem, where }));
  return [
    ...report.images.flatMap(({ image, problems, tags }) => [
      ...at(image, problems),
      ...tags.flatMap(({ tag, problems: own }) => at(`${image}:${tag}`, own)),
    ]),
    ...(report.scans ?? []).flatMap((scan) => at(whereOf(scan), scan.problems)),
  ];
}

/** `1 problem`, `2 problems` */
export function countProblems({ length }: readonly unknown[]): string {
  return length === 1 ? "1 problem" : `${length} problems`;
}

/** `ok`, `2 problems`, `not checked`, `1 problem, not all checked` */
export function describeHealth(found: readonly HealthProblem[]): string {
  const problems = found.filter(({ kind }) => kind !== "not-checked");
  if (problems.length === found.length) return found.length === 0 ? "ok" : countProblems(problems);
  return problems.length === 0 ? "not checked" : `${countProblems(problems)}, not all checked`;
}

/** `ghcr.io/acme/app:1, 1.2, latest` */
export function whereOf({ image, tags }: Pick<ScanHealth, "image" | "tags">): string {
  return `${image}:${tags.join(", ")}`;
}

/** Bytes; one of a thousand tags has some megabytes. */
const largestReport = 64 * 1024 * 1024;

/** Reads what verify-image wrote. Throws InputError where it is anything else. */
export function readHealthReport(path: string): HealthReport {
  let value: unknown;
  try {
    if (statSync(path).size > largestReport) throw new Error("It is larger than any report.");
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which is no JSON file that can be read.`, {
      cause,
    });
  }
  if (isReport(value)) return value;
  throw new InputError(`Input \`report\` is ${quoteValue(path, 300)}, which is no report of verify-image.`);
}

function isReport(value: unknown): value is HealthReport {
  return (
    isRecord(value) &&
    value.format === "longshore-verify-1" &&
    [value.checkedAt, value.run].every(isText) &&
    isListOf(
      value.images,
      (image) => isText(image.image) && isProblems(image.problems) && isListOf(image.tags, isTag),
    ) &&
    (value.scans === undefined || isListOf(value.scans, isScan))
  );
}

function isTag(tag: Readonly<Record<string, unknown>>): boolean {
  return (
    [tag.tag, tag.digest, tag.revision, tag.created].every(isText) &&
    isRecord(tag.manifests) &&
    (tag.digest === "" || isDigest(String(tag.digest))) &&
    Object.values(tag.manifests).every((digest) => isDigest(String(digest))) &&
    isProblems(tag.problems)
  );
}

function isScan(scan: Readonly<Record<string, unknown>>): boolean {
  return (
    [scan.image, scan.digest].every(isText) &&
    Array.isArray(scan.tags) &&
    scan.tags.every(isText) &&
    isProblems(scan.problems)
  );
}

function isProblems(value: unknown): boolean {
  return isListOf(value, ({ kind, detail }) => isText(kind) && isText(detail));
}

function isListOf(value: unknown, is: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && is(item));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
