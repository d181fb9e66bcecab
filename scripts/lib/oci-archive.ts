import { type FileHandle, open } from "node:fs/promises";

/** Reads small files out of an uncompressed tar (POSIX ustar with pax headers, as BuildKit writes it). */
export async function readTarFiles(
  path: string,
  wanted: (name: string, size: number) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const file = await open(path);
  try {
    const found = new Map<string, string>();
    for (let position = 0; ; ) {
      const header = await readBlock(file, position, 512);
      if (header.length < 512 || header[0] === 0) return found;
      const name = field(header, 0, 100);
      const size = Number.parseInt(field(header, 124, 12), 8) || 0;
      if (wanted(name, size)) found.set(name, (await readBlock(file, position + 512, size)).toString());
      position += 512 + Math.ceil(size / 512) * 512;
    }
  } finally {
    await file.close();
  }
}

async function readBlock(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function field(header: Buffer, start: number, length: number): string {
  const text = header.toString("utf8", start, start + length);
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end)).trim();
}
