import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ManifestEntry, type ManifestFacts, parseManifestFacts } from "@longshore/cleanup";
import { readFileLines } from "./file-lines.ts";

/**
 * Manifests of one package between runs. The file holds a line for each: the hexadecimal digits of its digest, a space and the very
 * bytes that the registry gave, whose digest is computed whenever they are read. So nothing has to be believed of whoever carried the
 * file: what does not fit its digest is read from the registry again.
 */
export interface ManifestCache {
  /** What the file holds of these digests. A file or line that is damaged, false or too large is told, and counts as absent. */
  readonly read: (wanted: ReadonlySet<string>) => Promise<Map<string, ManifestEntry>>;
  /** Adds what the registry gave just now and what makes sense. */
  readonly keep: (digest: string, bytes: Uint8Array) => void;
  /** Writes what was added. A file that is damaged, or of which a tenth is of no use any more, is written anew. Throws where it cannot. */
  readonly save: (wanted: ReadonlySet<string>) => Promise<void>;
}

/** Keeps nothing. */
export const noManifestCache: ManifestCache = { read: async () => new Map(), keep: () => {}, save: async () => {} };

/** Bytes of the largest manifest that registries are asked to take, and of a line with it. */
const largestManifest = 4 * 1024 * 1024;
const longestLine = largestManifest + 65;
/** Some 200,000 manifests. */
const largestFile = 512 * 1024 * 1024;
/** Bytes that wait in memory until they are written. */
const largestBuffer = 1024 * 1024;

/** The cache in this folder; `tell` is given one sentence about each thing that is wrong with it. */
export function openManifestCache(folder: string, name: string, tell: (sentence: string) => void): ManifestCache {
  const path = join(folder, fileOf(name));
  const file = createAppender(path);
  let used = 0;
  let useless = 0;
  let damaged = 0;
  let failure: unknown;
  const tellAnew = (what: string): void => tell(`${what}: read anew from the registry.`);
  return {
    async read(wanted) {
      const entries = new Map<string, ManifestEntry>();
      // A config comes behind the manifest that names it.
      const configs = new Set<string>();
      const isWanted = (digest: string): boolean => (wanted.has(digest) || configs.has(digest)) && !entries.has(digest);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return entries;
      try {
        if (!found.isFile() || found.size > largestFile) {
          tellAnew(`The cache of manifests of ${name} is larger than any that a prune writes, or no file`);
          rmSync(path, { recursive: true });
          return entries;
        }
        for await (const line of readFileLines(path, longestLine)) {
          const { digest, bytes } = parseLine(line);
          const entry = isWanted(digest) ? readEntry(digest, bytes) : undefined;
          if (entry !== undefined) {
            entries.set(digest, entry);
            if (entry.labelsIn !== undefined) configs.add(entry.labelsIn);
          } else if (digest === "" || isWanted(digest)) damaged += 1;
          else useless += 1;
        }
      } catch (error) {
        damaged += 1;
        tell(`The cache of manifests of ${name} cannot be read to its end: ${messageOf(error)}.`);
      }
      used = entries.size;
      if (damaged > 0)
        tellAnew(`${damaged} entries in the cache of manifests of ${name} are damaged, false or too large`);
      return entries;
    },
    keep(digest, bytes) {
      const line = formatLine(digest, bytes);
      if (line === undefined || failure !== undefined) return;
      used += 1;
      try {
        file.add(line);
      } catch (error) {
        failure = error; // for `save`: a prune does not end for it
      }
    },
    async save(wanted) {
      if (failure !== undefined) throw failure;
      file.flush();
      if (damaged === 0 && useless * 10 <= used) return;
      used = await rewrite(path, wanted);
      [damaged, useless] = [0, 0];
    },
  };
}

/** Writes what is right and wanted into a new file, and puts it in the place of the old one. Gives the number of lines. */
async function rewrite(path: string, wanted: ReadonlySet<string>): Promise<number> {
  const partial = `${path}.partial`;
  const file = createAppender(partial);
  const kept = new Set<string>();
  try {
    rmSync(partial, { recursive: true, force: true });
    for await (const line of readFileLines(path, longestLine)) {
      const { digest, bytes } = parseLine(line);
      if (line === undefined || !wanted.has(digest) || kept.has(digest) || digestOf(bytes) !== digest) continue;
      kept.add(digest);
      file.add(Buffer.concat([lineFeed, line]));
    }
    file.flush();
    if (kept.size === 0) rmSync(path, { force: true });
    else renameSync(partial, path);
    return kept.size;
  } finally {
    rmSync(partial, { force: true });
  }
}

function createAppender(path: string): { readonly add: (line: Buffer) => void; readonly flush: () => void } {
  let waiting: Buffer[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (bytes === 0) return;
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, Buffer.concat(waiting));
    [waiting, bytes] = [[], 0];
  };
  const add = (line: Buffer): void => {
    waiting.push(line);
    bytes += line.length;
    if (bytes >= largestBuffer) flush();
  };
  return { add, flush };
}

/** A readable part and a part of a digest, so that `a/b` and `a-b` do not share a file. */
function fileOf(name: string): string {
  const readable = name.toLowerCase().replace(/[^a-z0-9.-]+/gu, "-");
  return `${readable.slice(0, 80)}-${createHash("sha256").update(name).digest("hex").slice(0, 16)}.manifests`;
}

const lineFeed = Buffer.from("\n");

/**
 * The line feed comes first, so that a line which was torn off does not spoil the next. In JSON a line feed may stand between its parts
 * only and a NUL nowhere (RFC 8259), so the one stands for the other. Nothing of what would not come back as it was.
 */
function formatLine(digest: string, bytes: Uint8Array): Buffer | undefined {
  if (!/^sha256:[0-9a-f]{64}$/u.test(digest) || bytes.length > largestManifest || bytes.includes(0)) return undefined;
  const line = Buffer.concat([Buffer.from(`\n${digest.slice(7)} `), bytes]);
  for (let at = line.indexOf(0x0a, 1); at >= 0; at = line.indexOf(0x0a, at + 1)) line[at] = 0;
  return line;
}

/** An empty digest where it is no such line. */
function parseLine(line: Buffer | undefined): { readonly digest: string; readonly bytes: Buffer } {
  const digits = line?.toString("latin1", 0, 64) ?? "";
  if (line === undefined || line[64] !== 0x20 || !/^[0-9a-f]{64}$/u.test(digits)) {
    return { digest: "", bytes: Buffer.alloc(0) };
  }
  const bytes = Buffer.from(line.subarray(65));
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) bytes[at] = 0x0a;
  return { digest: `sha256:${digits}`, bytes };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function readEntry(digest: string, bytes: Buffer): ManifestFacts | undefined {
  if (digestOf(bytes) !== digest) return undefined;
  try {
    return parseManifestFacts(digest, bytes.toString());
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
