import { createHash, randomUUID } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface StoredBlob {
  readonly file: string;
  readonly size: number;
}

export interface Upload {
  readonly id: string;
  readonly repository: string;
  readonly file: string;
  /** Bytes received so far. */
  size: number;
}

/** Blobs by digest and unfinished uploads, as files of a temporary folder. Which repository may see a blob is not decided here. */
export interface BlobStore {
  get(digest: string): StoredBlob | undefined;
  read(digest: string): Promise<Buffer | undefined>;
  put(bytes: Uint8Array): Promise<string>;
  startUpload(repository: string): Promise<Upload>;
  upload(id: string): Upload | undefined;
  /** Adds a body; what arrived before the connection broke stays. */
  append(upload: Upload, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Ends an upload. Without effect, and false, where its content has another digest. */
  finish(upload: Upload, digest: string): Promise<boolean>;
  cancel(upload: Upload): Promise<void>;
  remove(): void;
}

export function blobStore(): BlobStore {
  let folder: string | undefined;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  // Made when the first blob comes: many tests only ask the API.
  const pathOf = (name: string): string => {
    if (folder === undefined) {
      folder = mkdtempSync(join(tmpdir(), "github-double-"));
      process.once("exit", remove);
    }
    return join(folder, name);
  };
  const blobs = new Map<string, StoredBlob>();
  const uploads = new Map<string, Upload>();
  const fileOf = (digest: string) => pathOf(digest.replace(":", "-"));

  return {
    get: (digest) => blobs.get(digest),
    read: async (digest) => {
      const blob = blobs.get(digest);
      return blob && readFile(blob.file);
    },
    put: async (bytes) => {
      const digest = digestOf(bytes);
      await writeFile(fileOf(digest), bytes);
      blobs.set(digest, { file: fileOf(digest), size: bytes.byteLength });
      return digest;
    },
    startUpload: async (repository) => {
      const id = randomUUID();
      const upload = { id, repository, file: pathOf(id), size: 0 };
      await writeFile(upload.file, "");
      uploads.set(id, upload);
      return upload;
    },
    upload: (id) => uploads.get(id),
    append: async (upload, body) => {
      const file = await open(upload.file, "a");
      try {
        for await (const chunk of body) {
          await file.write(chunk);
          upload.size += chunk.byteLength;
        }
      } finally {
        await file.close();
      }
    },
    finish: async (upload, digest) => {
      const hash = createHash("sha256");
      for await (const chunk of createReadStream(upload.file)) hash.update(chunk as Buffer);
      if (`sha256:${hash.digest("hex")}` !== digest) return false;
      // The same session finished twice at once: the second finds it gone, as at GHCR.
      if (!uploads.delete(upload.id)) return false;
      await rename(upload.file, fileOf(digest));
      blobs.set(digest, { file: fileOf(digest), size: upload.size });
      return true;
    },
    cancel: async (upload) => {
      uploads.delete(upload.id);
      await rm(upload.file, { force: true });
    },
    remove: () => {
      process.removeListener("exit", remove);
      remove();
    },
  };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
