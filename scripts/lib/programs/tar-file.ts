import type { FileHandle } from "node:fs/promises";

/**
 * Tar as POSIX ustar with pax headers (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13): what BuildKit
 * writes. The one reader and writer of it: whatever else a tar may hold, such as links, devices and sparse files, is refused.
 */
export interface TarEntry {
  /** Without a leading `./`. */
  readonly name: string;
  /** Of its first byte in the tar. */
  readonly position: number;
  readonly size: number;
}

/** What makes a file no tar that is read here: a clause that follows the name of the file. */
export class TarRefusal extends Error {
  override readonly name = "TarRefusal";
}

const block = 512;
/** An image has some hundred at the most. */
const mostEntries = 10_000;
const largestPax = 64 * 1024;

/** The files in a tar, by their headers alone; each name once. Throws TarRefusal, before much is read. */
export async function readTarEntries(file: FileHandle): Promise<ReadonlyMap<string, TarEntry>> {
  const { size: end } = await file.stat();
  const found = new Map<string, TarEntry>();
  let pax: Pax = {};
  let position = 0;
  for (let count = 0; ; count += 1) {
    const header = await readPart(file, position, block);
    if (header.length === 0 || header.every((byte) => byte === 0)) return found;
    if (count === mostEntries) throw new TarRefusal(`holds more than ${mostEntries} entries`);
    const { name, size, type } = readHeader(header, pax);
    const next = position + block + Math.ceil(size / block) * block;
    if (position + block + size > end) throw new TarRefusal("is cut short");
    pax = {};
    if (type === "x" || type === "g") {
      if (size > largestPax) throw new TarRefusal("has a header that is too large");
      // A global header would hold for all that follows; nobody writes a size or a path into one.
      const read = readPax(await readPart(file, position + block, size));
      if (type === "x") pax = read;
      else if (Object.keys(read).length > 0) throw new TarRefusal("has a global header with sizes or paths");
    } else if (type === "0" || type === "\0") {
      if (found.has(name)) throw new TarRefusal(`holds ${JSON.stringify(name.slice(0, 200))} twice`);
      found.set(name, { name, position: position + block, size });
    } else if (type !== "5")
      throw new TarRefusal(`holds ${JSON.stringify(name.slice(0, 200))}, which is no plain file`);
    position = next;
  }
}

/** Bytes of a tar or of a file in it; fewer at its end. */
export async function readPart(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The header of a plain file, whose bytes follow, padded by `padTarFile`. */
export function formatTarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  header.write(name, 0, 100);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  if (size < 8 ** 11) header.write(octal(size, 11), 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write(octal(0, 11), 136);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  header.write(`${octal(checkSum(header), 6)}\u0000 `, 148);
  return header;
}

/** What follows a file of this size. */
export function padTarFile(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

/** What ends a tar. */
export const tarEnd = Buffer.alloc(2 * block);

interface Pax {
  readonly size?: number;
  readonly path?: string;
}

function readHeader(header: Buffer, pax: Pax): { readonly name: string; readonly size: number; readonly type: string } {
  const sum = Number.parseInt(text(header, 148, 8), 8);
  if (header.length < block || sum !== checkSum(header) || text(header, 257, 5) !== "ustar") {
    throw new TarRefusal("is no tar");
  }
  // GNU's form has something else in the place of the prefix.
  const prefix = header[262] === 0 ? text(header, 345, 155) : "";
  const written = text(header, 0, 100);
  const name = pax.path ?? (prefix === "" ? written : `${prefix}/${written}`);
  const size = pax.size ?? readSize(header.subarray(124, 136));
  return { name: name.replace(/^(?:\.\/)+/u, ""), size, type: header.toString("latin1", 156, 157) };
}

/** Octal digits, or where that is too little a number to the base 256, as GNU writes it. */
function readSize(bytes: Buffer): number {
  const first = bytes[0] ?? 0;
  if (first < 0x80) {
    const digits = text(bytes, 0, bytes.length);
    if (!/^[0-7]{1,12}$/u.test(digits)) throw new TarRefusal("holds a file whose size is no number");
    return Number.parseInt(digits, 8);
  }
  if (first !== 0x80) throw new TarRefusal("holds a file with a negative size");
  const size = bytes.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
  if (!Number.isSafeInteger(size)) throw new TarRefusal("holds a file whose size is no number");
  return size;
}

/** Records `<length> <key>=<value>\n`, of which only sizes and paths matter here. */
function readPax(bytes: Buffer): Pax {
  let pax: Pax = {};
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(0x20, start);
    const digits = space < 0 ? "" : bytes.toString("latin1", start, space);
    const end = start + Number(digits);
    if (!/^[1-9][0-9]{0,5}$/u.test(digits) || end > bytes.length || end <= space || bytes[end - 1] !== 0x0a) {
      throw new TarRefusal("has a header that makes no sense");
    }
    const record = bytes.toString("utf8", space + 1, end - 1);
    const equals = record.indexOf("=");
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === "path") pax = { ...pax, path: value };
    if (key === "size") {
      if (!/^[0-9]{1,15}$/u.test(value)) throw new TarRefusal("holds a file whose size is no number");
      pax = { ...pax, size: Number(value) };
    }
    if (key.startsWith("GNU.sparse")) throw new TarRefusal("holds a sparse file");
    start = end;
  }
  return pax;
}

/** The sum of all bytes, those of the sum itself counted as spaces. */
function checkSum(header: Buffer): number {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 0x20 : byte), 0);
}

function text(bytes: Buffer, start: number, length: number): string {
  const found = bytes.toString("utf8", start, start + length);
  const end = found.indexOf("\0");
  return (end < 0 ? found : found.slice(0, end)).trim();
}
