import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  require_node_crypto
} from "./chunk-crypto.js";
import {
  __toESM
} from "./chunk-runtime.js";

// lib/step/queue-name.ts
var import_node_crypto = __toESM(require_node_crypto(), 1);
function nameQueue(queue) {
  return (0, import_node_crypto.createHash)("sha256").update(queue).digest("hex").slice(0, 16);
}

export {
  nameQueue
};
