import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-parser.js";
import "./chunk-process.js";
import {
  findInside
} from "./chunk-inside-repository.js";
import {
  listComposePaths,
  require_node_path
} from "./chunk-semver.js";
import {
  quoteValue,
  require_node_fs
} from "./chunk-escape.js";
import {
  InputError
} from "./chunk-image-name.js";
import {
  __toESM
} from "./chunk-runtime.js";

// smoke-test/check-compose-paths.ts
var import_node_fs = __toESM(require_node_fs(), 1);
var import_node_path = __toESM(require_node_path(), 1);
var import_yaml = __toESM(require_dist(), 1);
var MAXIMUM_FILES = 100;
var MAXIMUM_BYTES = 1024 * 1024;
function checkComposePaths(workspace, composeFile) {
  const seen = /* @__PURE__ */ new Set();
  const check = (file, folder) => {
    const reading = `${file}
${folder}`;
    if (seen.has(reading)) return;
    seen.add(reading);
    const name = `The compose file ${quoteValue((0, import_node_path.relative)(workspace, file), 200)}`;
    if (seen.size > MAXIMUM_FILES) throw new InputError(`${name} is one of more than ${MAXIMUM_FILES}: take in fewer.`);
    findInside(workspace, ".env", `${name}: the variables' file`, folder);
    for (const document of readDocuments(file, name)) {
      for (const { key, path, use, folder: own } of namedPaths(document, name)) {
        const found = findInside(workspace, path, `${name}: ${key}`, folder);
        if (use === "compose" && found !== void 0 && (0, import_node_fs.statSync)(found).isFile()) {
          check(found, own === void 0 ? (0, import_node_path.dirname)(found) : (0, import_node_path.resolve)(folder, own));
        }
      }
    }
  };
  check(composeFile, (0, import_node_path.dirname)(composeFile));
}
function readDocuments(file, name) {
  if ((0, import_node_fs.statSync)(file).size > MAXIMUM_BYTES) throw new InputError(`${name} is larger than 1 MiB: make it smaller.`);
  const documents = (0, import_yaml.parseAllDocuments)((0, import_node_fs.readFileSync)(file, "utf8"), {
    merge: true,
    prettyErrors: false,
    logLevel: "error"
  });
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error !== void 0) throw new InputError(`${name} is no YAML: ${error.code} at character ${error.pos[0]}.`);
    try {
      return document.toJS({ maxAliasCount: 1e3 });
    } catch (cause) {
      throw new InputError(`${name} is no YAML that can be read: an alias leads nowhere, or there are too many.`, {
        cause
      });
    }
  });
}
function namedPaths(document, name) {
  try {
    return listComposePaths(document);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${name}: ${error.message}`, { cause: error }) : error;
  }
}
export {
  checkComposePaths
};
