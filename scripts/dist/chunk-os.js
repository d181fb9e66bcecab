import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  __commonJS
} from "./chunk-runtime.js";

// node:node:os
var require_node_os = __commonJS({
  "node:node:os"(exports, module) {
    module.exports = process.getBuiltinModule("node:os");
  }
});

export {
  require_node_os
};
