import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS,
  __toESM
} from "./chunk-VSKSHHTL.js";

// node:node:fs/promises
var require_promises = __commonJS({
  "node:node:fs/promises"(exports, module) {
    module.exports = process.getBuiltinModule("node:fs/promises");
  }
});

// lib/oci-archive.ts
var import_promises = __toESM(require_promises(), 1);
async function readTarFiles(path, wanted) {
  const file = await (0, import_promises.open)(path);
  try {
    const found = /* @__PURE__ */ new Map();
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
async function readBlock(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
function field(header, start, length) {
  const text = header.toString("utf8", start, start + length);
  const end = text.indexOf("\0");
  return (end < 0 ? text : text.slice(0, end)).trim();
}

export {
  require_promises,
  readTarFiles
};
