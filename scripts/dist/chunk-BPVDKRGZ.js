import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  parseIgnoreList
} from "./chunk-IXQVTK2N.js";
import {
  parsePlatform
} from "./chunk-62CKVJY6.js";
import {
  InputError
} from "./chunk-FGZBZWEO.js";
import {
  quoteValue,
  require_node_fs
} from "./chunk-MKFSSSBL.js";
import {
  __toESM
} from "./chunk-VSKSHHTL.js";

// lib/scan-files.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var placing = {
  source: "source",
  normalise: (platform) => {
    try {
      return parsePlatform(platform);
    } catch {
      return void 0;
    }
  }
};
function listFiles(patterns) {
  return [...new Set(patterns.flatMap((pattern) => (0, import_node_fs.existsSync)(pattern) ? [pattern] : (0, import_node_fs.globSync)(pattern)))].sort();
}
function readInputFile(input, path) {
  try {
    return (0, import_node_fs.readFileSync)(path, "utf8");
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which cannot be read: check the path.`, {
      cause
    });
  }
}
function readIgnoreFile(path) {
  return path === "" ? { entries: [], malformed: [] } : parseIgnoreList(readInputFile("ignore-file", path));
}

export {
  placing,
  listFiles,
  readInputFile,
  readIgnoreFile
};
