import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_crypto
} from "./chunk-crypto.js";
import {
  quoteValue
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __commonJS,
  __toESM
} from "./chunk-runtime.js";

// node:node:fs/promises
var require_promises = __commonJS({
  "node:node:fs/promises"(exports, module) {
    module.exports = process.getBuiltinModule("node:fs/promises");
  }
});

// lib/programs/oci-archive.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
var import_promises = __toESM(require_promises(), 1);

// lib/programs/tar-file.ts
var TarRefusal = class extends Error {
  name = "TarRefusal";
};
var block = 512;
var mostEntries = 1e4;
var largestPax = 64 * 1024;
async function readTarEntries(file) {
  const { size: end } = await file.stat();
  const found = /* @__PURE__ */ new Map();
  let pax = {};
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
async function readPart(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
function formatTarHeader(name, size) {
  const header = Buffer.alloc(block);
  const octal = (value, digits) => value.toString(8).padStart(digits, "0");
  header.write(name, 0, 100);
  header.write(octal(420, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  if (size < 8 ** 11) header.write(octal(size, 11), 124);
  else {
    header[124] = 128;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write(octal(0, 11), 136);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  header.write(`${octal(checkSum(header), 6)}\0 `, 148);
  return header;
}
function padTarFile(size) {
  return Buffer.alloc((block - size % block) % block);
}
var tarEnd = Buffer.alloc(2 * block);
function readHeader(header, pax) {
  const sum = Number.parseInt(text(header, 148, 8), 8);
  if (header.length < block || sum !== checkSum(header) || text(header, 257, 5) !== "ustar") {
    throw new TarRefusal("is no tar");
  }
  const prefix = header[262] === 0 ? text(header, 345, 155) : "";
  const written = text(header, 0, 100);
  const name = pax.path ?? (prefix === "" ? written : `${prefix}/${written}`);
  const size = pax.size ?? readSize(header.subarray(124, 136));
  return { name: name.replace(/^(?:\.\/)+/u, ""), size, type: header.toString("latin1", 156, 157) };
}
function readSize(bytes) {
  const first = bytes[0] ?? 0;
  if (first < 128) {
    const digits = text(bytes, 0, bytes.length);
    if (!/^[0-7]{1,12}$/u.test(digits)) throw new TarRefusal("holds a file whose size is no number");
    return Number.parseInt(digits, 8);
  }
  if (first !== 128) throw new TarRefusal("holds a file with a negative size");
  const size = bytes.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
  if (!Number.isSafeInteger(size)) throw new TarRefusal("holds a file whose size is no number");
  return size;
}
function readPax(bytes) {
  let pax = {};
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(32, start);
    const digits = space < 0 ? "" : bytes.toString("latin1", start, space);
    const end = start + Number(digits);
    if (!/^[1-9][0-9]{0,5}$/u.test(digits) || end > bytes.length || end <= space || bytes[end - 1] !== 10) {
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
function checkSum(header) {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 32 : byte), 0);
}
function text(bytes, start, length) {
  const found = bytes.toString("utf8", start, start + length);
  const end = found.indexOf("\0");
  return (end < 0 ? found : found.slice(0, end)).trim();
}

// lib/programs/oci-archive.ts
var largestText = 8 * 1024 * 1024;
var chunk = 1024 * 1024;
async function withOciArchive(path, action) {
  const refuse = (why, cause) => new InputError(`The archive ${quoteValue(path, 300)} ${why}: download the artifact of the build again.`, { cause });
  const file = await (0, import_promises.open)(path).catch((cause) => {
    throw refuse("cannot be read", cause);
  });
  try {
    const entries = await readTarEntries(file).catch((error) => {
      throw error instanceof TarRefusal ? refuse(error.message, error) : error;
    });
    return await action(archiveOf(file, entries, refuse));
  } finally {
    await file.close();
  }
}
function archiveOf(file, entries, refuse) {
  const entryOf = (name) => {
    const entry = entries.get(name);
    if (entry === void 0) throw refuse(`has no ${name}`);
    return entry;
  };
  const blob = (digest) => entryOf(blobName(digest));
  const readWhole = async ({ name, position, size }) => {
    if (size > largestText) throw refuse(`has ${size} bytes in ${name}, which is too large`);
    return await readPart(file, position, size);
  };
  return {
    refuse,
    sizeOf: (digest) => blob(digest).size,
    readIndex: async () => (await readWhole(entryOf("index.json"))).toString(),
    readBlob: async (digest) => {
      const bytes = await readWhole(blob(digest));
      if (`sha256:${(0, import_node_crypto.createHash)("sha256").update(bytes).digest("hex")}` === digest) return bytes;
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
    }
  };
}
function blobName(digest) {
  return `blobs/${digest.replace(":", "/")}`;
}

export {
  require_promises,
  formatTarHeader,
  padTarFile,
  tarEnd,
  withOciArchive,
  blobName
};
