import { InputError, isRecord } from "@longshore/language";
import { isFingerprint } from "@longshore/tagging";
import { parseDigest } from "../digest.ts";
import type { StepCount } from "./build-steps.ts";
import { parsePlatform } from "./platform.ts";

/** What building one platform gave: the value that travels from the build jobs to the merge job as JSON. */
export interface PlatformResult {
  /** Normalised, such as `linux/arm/v7`. */
  readonly platform: string;
  /** What was pushed: the digest of an index (image and attestations), or of a manifest when there are none. */
  readonly digest: string;
  /** Digest of the platform's image manifest: what a runtime of that platform pulls. */
  readonly manifest: string;
  /** Compressed bytes: config and layers of the image manifest. */
  readonly size: number;
  /** Duration of the build, retries included. */
  readonly seconds: number;
  /** Whether an existing image of this revision was taken instead of building. */
  readonly reused: boolean;
  /** Of what its build was told; absent where an image that does not tell it was reused. */
  readonly fingerprint?: string;
  /** Built on purpose beside what is there: the reuse of an earlier image was switched off. */
  readonly rebuilt?: true;
  /** One sentence for each attempt that had to be repeated. */
  readonly retries: readonly string[];
  /** The git commit that was built. */
  readonly revision: string;
  readonly delivery: "registry" | "artifact";
  /** File name of the OCI archive, of delivery `artifact` only. */
  readonly archive?: string;
  /** Absent where the cache tells nothing: nothing was built, or the build was asked to be cold. */
  readonly steps?: StepCount;
}

/**
 * Reads results from a JSON list, or from the `needs` context as JSON: `{job: {result, outputs: {result}}}`, where a job
 * that was skipped has no outputs and counts for nothing. Throws InputError for anything else: a failed job, too, is no result.
 */
export function parsePlatformResults(text: string): readonly PlatformResult[] {
  const value = parseJson(text, "Input results");
  if (Array.isArray(value)) return value.map(parsePlatformResult);
  if (!isRecord(value)) {
    throw new InputError("Input results is neither a JSON list of platform results nor the needs context as JSON.");
  }
  return Object.entries(value).flatMap(([job, entry]) => resultsOfJob(job, entry));
}

/** Of the `needs` context as JSON the jobs that ended well and whose output `result` is empty. None where it is anything else. */
export function jobsWithoutResult(text: string): readonly string[] {
  const value = parseJson(text, "Input results");
  if (!isRecord(value) || Array.isArray(value)) return [];
  return Object.entries(value)
    .filter(([, job]) => isRecord(job) && job.result === "success" && !(isRecord(job.outputs) && job.outputs.result))
    .map(([job]) => job);
}

function resultsOfJob(job: string, entry: unknown): readonly PlatformResult[] {
  if (!isRecord(entry)) throw new InputError(`Input results: the entry of job ${job} is no object.`);
  const result = entry.result;
  if (result === "skipped") return [];
  if (result !== "success") {
    throw new InputError(`Input results: job ${job} ended as ${JSON.stringify(result)}, so its platforms are missing.`);
  }
  const outputs = entry.outputs;
  const text = isRecord(outputs) ? outputs.result : undefined;
  if (text === undefined || text === "") return []; // a job beside the builds, such as one that only plans
  const list = typeof text === "string" ? parseJson(text, `Input results: output result of job ${job}`) : undefined;
  if (!Array.isArray(list)) throw new InputError(`Input results: output result of job ${job} is no JSON list.`);
  return list.map(parsePlatformResult);
}

function parsePlatformResult(value: unknown): PlatformResult {
  if (!isRecord(value)) throw new InputError(`Input results holds ${JSON.stringify(value)}, which is no object.`);
  const platform = parsePlatform(text(value, "platform"));
  const delivery = value.delivery;
  if (delivery !== "registry" && delivery !== "artifact") {
    throw new InputError(
      `Input results: delivery of ${platform} is ${JSON.stringify(delivery)}, expected registry or artifact.`,
    );
  }
  const { reused, retries, rebuilt } = value;
  if (typeof reused !== "boolean") throw new InputError(`Input results: reused of ${platform} is no boolean.`);
  if (rebuilt !== undefined && rebuilt !== true) {
    throw new InputError(
      `Input results: rebuilt of ${platform} is ${JSON.stringify(rebuilt)}, expected true or nothing.`,
    );
  }
  if (!Array.isArray(retries) || !retries.every((item) => typeof item === "string")) {
    throw new InputError(`Input results: retries of ${platform} is no list of strings.`);
  }
  return {
    platform,
    digest: parseDigest(text(value, "digest"), `Input results: digest of ${platform}`),
    manifest: parseDigest(text(value, "manifest"), `Input results: manifest of ${platform}`),
    size: amount(value, "size", platform),
    seconds: amount(value, "seconds", platform),
    reused,
    ...(value.fingerprint === undefined ? {} : { fingerprint: parseFingerprint(text(value, "fingerprint"), platform) }),
    ...(rebuilt === undefined ? {} : { rebuilt }),
    retries,
    revision: text(value, "revision"),
    delivery,
    ...(value.archive === undefined ? {} : { archive: text(value, "archive") }),
    ...(value.steps === undefined ? {} : { steps: parseSteps(value.steps, platform) }),
  };
}

function parseFingerprint(value: string, platform: string): string {
  if (isFingerprint(value)) return value;
  throw new InputError(
    `Input results: fingerprint of ${platform} is ${JSON.stringify(value.slice(0, 80))}, expected short hashes such as file=1a2b3c4d.`,
  );
}

function parseSteps(value: unknown, platform: string): StepCount {
  const { total, cached } = isRecord(value) ? value : {};
  if (isCount(total) && isCount(cached) && total > 0 && cached <= total) return { total, cached };
  throw new InputError(`Input results: steps of ${platform} is ${JSON.stringify(value)}, expected total and cached.`);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${what} is not JSON: ${JSON.stringify(text.slice(0, 80))}.`, { cause });
  }
}

function text(record: Readonly<Record<string, unknown>>, key: string): string {
  const value = record[key];
  if (typeof value === "string") return value;
  throw new InputError(`Input results: ${key} is ${JSON.stringify(value) ?? "missing"}, expected a string.`);
}

function amount(record: Readonly<Record<string, unknown>>, key: string, platform: string): number {
  const value = record[key];
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new InputError(
    `Input results: ${key} of ${platform} is ${JSON.stringify(value) ?? "missing"}, expected a number.`,
  );
}
