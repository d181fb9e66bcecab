import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-VSKSHHTL.js";

// node:node:crypto
var require_node_crypto = __commonJS({
  "node:node:crypto"(exports, module) {
    module.exports = process.getBuiltinModule("node:crypto");
  }
});

// node:node:stream
var require_node_stream = __commonJS({
  "node:node:stream"(exports, module) {
    module.exports = process.getBuiltinModule("node:stream");
  }
});

export {
  require_node_crypto,
  require_node_stream
};
