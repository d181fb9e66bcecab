import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  sbomPredicateType
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

// lib/scans/read-predicate-type.ts
var import_node_fs = __toESM(require_node_fs(), 1);
function readPredicateType(input, path) {
  let type;
  try {
    type = sbomPredicateType(JSON.parse((0, import_node_fs.readFileSync)(path, "utf8")));
  } catch (cause) {
    throw new InputError(`Input \`${input}\` names ${quoteValue(path, 300)}, which is no JSON file that can be read.`, {
      cause
    });
  }
  if (type !== void 0) return type;
  throw new InputError(
    `Input \`${input}\` names ${quoteValue(path, 300)}, which is neither SPDX's JSON nor CycloneDX's.`
  );
}

export {
  readPredicateType
};
