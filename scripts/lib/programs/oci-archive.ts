import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "@longshore/language";
import { quoteValue } from "../step/escape.ts";
import { readPart, readTarEntries, type TarEntry, TarRefusal } from "./tar-file.ts";

/** An OCI archive (image-spec, image-layout.md), opened. Each method throws InputError, one sentence with the archive's path. */
export interface OciArchive {
  /** `index.json`; it is true of nothing but itself. */
  readonly readIndex: () => Promise<string>;
  /** A small blob, such as a manifest, whose bytes have been found to be those of the digest. */
  readonly readBlob: (digest: string) => Promise<Buffer>;
  /** A large blob, as it comes; what it gives is to be compared with the digest. */
  readonly streamBlob: (digest: string) => AsyncGenerator<Buffer>;
  readonly sizeOf: (digest: string) => number;
  readonly refuse: (why: string, cause?: unknown) => InputError;
}

const largestText = 8 * 1024 * 1024;
const chunk = 1024 * 1024;

/** Opens an archive for one action; nothing of it is unpacked. Throws InputError where it is none. */
export async function withOciArchive<T>(path: string, action: (archive: OciArchive) => Promise<T>): Promise<T> {
  const refuse = (why: string, cause?: unknown): InputError =>
    new InputError(`The archive ${quoteValue(path, 300)} ${why}: download the artifact of the build again.`, { cause });
  const file = await open(path).catch((cause: unknown) => {
    throw refuse("cannot be read", cause);
  });
  try {
    const entries = await readTarEntries(file).catch((error: unknown) => {
      throw error instanceof TarRefusal ? refuse(error.message, error) : error;
    });
    return await action(archiveOf(file, entries, refuse));
  } finally {
    await file.close();
  }
}

function archiveOf(file: FileHandle, entries: ReadonlyMap<string, TarEntry>, refuse: OciArchive["refuse"]): OciArchive {
  const entryOf = (name: string): TarEntry => {
    const entry = entries.get(name);
    if (entry === undefined) throw refuse(`has no ${name}`);
    return entry;
  };
  const blob = (digest: string) => entryOf(blobName(digest));
  const readWhole = async ({ name, position, size }: TarEntry): Promise<Buffer> => {
    if (size > largestText) throw refuse(`has ${size} bytes in ${name}, which is too large`);
    return await readPart(file, position, size);
  };
  return {
    refuse,
    sizeOf: (digest) => blob(digest).size,
    readIndex: async () => (await readWhole(entryOf("index.json"))).toString(),
    readBlob: async (digest) => {
      const bytes = await readWhole(blob(digest));
      if (`sha256:${createHash("sha256").update(bytes).digest("hex")}` === digest) return bytes;
      throw refuse(`has other content than the digest says in ${blobName(digest)}`);
    },
    async *streamBlob(digest) {
      const { position, size } = blob(digest);
      for (let done = 0; done < size; ) {
        const bytes = await readPart(file, position + done, Math.min(chunk, size - done));
        if (bytes.length === 0) throw refuse("is cut short");
        done += bytes.length;
        yield bytes;
      }
    },
  };
}

/** Where a layout keeps it: `blobs/sha256/…`. */
export function blobName(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}
