import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-runtime.js";

// node:node:stream
var require_node_stream = __commonJS({
  "node:node:stream"(exports, module) {
    module.exports = process.getBuiltinModule("node:stream");
  }
});

export {
  require_node_stream
};
