import { closeSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@longshore/language";
import { quoteValue } from "../lib/step/escape.ts";
import type { PackageResult, PruneResult, VersionOutcome } from "./prune-result.ts";

/**
 * Writes the report, one line for each version so that a large one needs little memory, and gives its path. Times are RFC
 * 3339, durations milliseconds. `restore-images` reads it. Throws InputError where the folder cannot be written.
 */
export function writeReport(folder: string, result: PruneResult): string {
  const path = join(folder, "prune-report.json");
  try {
    mkdirSync(folder, { recursive: true });
    const file = openSync(`${path}.partial`, "w");
    try {
      let buffer = "";
      for (const part of formatReport(result)) {
        buffer += part;
        if (buffer.length > 1_000_000) {
          writeSync(file, buffer);
          buffer = "";
        }
      }
      writeSync(file, buffer);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.partial`, path);
    return path;
  } catch (cause) {
    throw new InputError(
      `The report cannot be written to ${quoteValue(path, 300)} (input \`report-folder\`): choose a folder that can be written.`,
      { cause },
    );
  }
}

function* formatReport(result: PruneResult): Generator<string> {
  const { packages, startedAt, finishedAt, ...rest } = result;
  const head = { format: "longshore-prune-1", ...rest, startedAt: date(startedAt), finishedAt: date(finishedAt) };
  yield `${JSON.stringify(head, undefined, 1).slice(0, -2)},\n "packages": [`;
  for (const [place, each] of packages.entries()) {
    yield place === 0 ? "\n" : ",\n";
    yield* formatPackage(each);
  }
  yield "\n ]\n}\n";
}

function* formatPackage(result: PackageResult): Generator<string> {
  const { kept, planned, ending, ...rest } = result;
  const told = ending.kind === "failed" ? { kind: "failed", reason: messageOf(ending.error) } : ending;
  yield `${JSON.stringify({ ...rest, ending: told }).slice(0, -1)},\n "remove": [`;
  yield* formatVersions(planned);
  yield `],\n "keep": [`;
  yield* formatVersions(kept);
  yield "]}";
}

function* formatVersions(
  items: readonly (Omit<VersionOutcome, "outcome"> & Partial<VersionOutcome>)[],
): Generator<string> {
  for (const [place, { version, ...item }] of items.entries()) {
    const { id, digest, tags, createdAt, updatedAt } = version;
    const line = { id, digest, tags, createdAt: date(createdAt), updatedAt: date(updatedAt), ...item };
    yield `${place === 0 ? "" : ","}\n  ${JSON.stringify(line)}`;
  }
}

function date(time: number): string {
  return new Date(time).toISOString();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
