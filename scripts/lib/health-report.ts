import { readFileSync } from "node:fs";
import type { HealthProblem } from "@longshore/publishing";
import { InputError } from "@longshore/tagging";
import { quoteValue } from "./escape.ts";

/** What verify-image found, as JSON for report-issue and for whoever keeps it. */
export interface HealthReport {
  readonly format: "longshore-verify-1";
  /** RFC 3339 */
  readonly checkedAt: string;
  /** Page of the run, or empty */
  readonly run: string;
  readonly images: readonly ImageHealth[];
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
  readonly platforms: readonly string[];
  readonly problems: readonly HealthProblem[];
}

/** Every problem, with the reference it is of. */
export function problemsOf(report: HealthReport): readonly (HealthProblem & { readonly where: string })[] {
  return report.images.flatMap(({ image, problems, tags }) => [
    ...problems.map((problem) => ({ ...problem, where: image })),
    ...tags.flatMap(({ tag, problems: own }) => own.map((problem) => ({ ...problem, where: `${image}:${tag}` }))),
  ]);
}

/** Reads what verify-image wrote. Throws InputError where it is anything else. */
export function readHealthReport(path: string): HealthReport {
  let value: unknown;
  try {
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
    isListOf(value.images, (image) => isText(image.image) && isProblems(image.problems) && isListOf(image.tags, isTag))
  );
}

function isTag(tag: Readonly<Record<string, unknown>>): boolean {
  return [tag.tag, tag.digest, tag.revision, tag.created].every(isText) && isProblems(tag.problems);
}

function isProblems(value: unknown): boolean {
  return isListOf(value, ({ kind, detail }) => isText(kind) && isText(detail));
}

function isListOf(value: unknown, is: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && is(item));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
