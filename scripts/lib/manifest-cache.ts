import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ImageGraph, ManifestEntry, ManifestFacts } from "@longshore/cleanup";

/**
 * What manifests say, kept between runs: one file for each package, a first line that names the format, then one line for
 * each manifest, a check sum and JSON. Content never changes under its digest, so an entry is good for ever; a damaged one is
 * dropped and read anew from the registry.
 */
const format = "longshore-manifests-1";

/** Entries of the package's file; none where there is no file or it has another format. */
export async function readManifestCache(folder: string, name: string): Promise<Map<string, ManifestEntry>> {
  const entries = new Map<string, ManifestEntry>();
  const path = join(folder, fileOf(name));
  if (!existsSync(path)) return entries;
  let first = true;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (first && line !== format) return entries;
      const facts = first ? undefined : parseLine(line);
      first = false;
      if (facts !== undefined) entries.set(facts.digest, facts);
    }
  } catch {
    // Not readable to its end: what was read is checked line by line, the rest is read from the registry.
  }
  return entries;
}

/** Writes what is known of these digests, replacing the file as a whole; what is gone from the package goes from the file. */
export function writeManifestCache(folder: string, name: string, graph: ImageGraph, digests: Iterable<string>): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileOf(name));
  const parts = [`${format}\n`];
  for (const digest of digests) {
    const entry = graph.get(digest);
    if (entry !== undefined && !("unreadable" in entry)) parts.push(formatLine(entry));
  }
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, parts.join(""));
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** A readable part and a check sum, so that `a/b` and `a-b` do not share a file. */
function fileOf(name: string): string {
  return `${name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, "-")
    .slice(0, 80)}-${checkSum(name)}.jsonl`;
}

function formatLine(facts: ManifestFacts): string {
  const text = JSON.stringify(facts);
  return `${checkSum(text)} ${text}\n`;
}

function parseLine(line: string): ManifestFacts | undefined {
  const text = line.slice(17);
  if (line[16] !== " " || checkSum(text) !== line.slice(0, 16)) return undefined;
  try {
    return JSON.parse(text) as ManifestFacts;
  } catch {
    return undefined;
  }
}

/** Finds damage, not malice: whoever can write the cache of the default branch can do worse. */
function checkSum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
