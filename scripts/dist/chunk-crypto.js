import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-runtime.js";

// node:node:crypto
var require_node_crypto = __commonJS({
  "node:node:crypto"(exports, module) {
    module.exports = process.getBuiltinModule("node:crypto");
  }
});

export {
  require_node_crypto
};
